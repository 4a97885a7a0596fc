// The search of the catalogue, in the browser: every letter typed is looked up in all records. It knows that people
// type Vietnamese without tones, with them, or with the keyboard off; and that much here has a long and a short name.
//
// What is searched are items: words of one kind, such as a name of a product, or a place that many products share. A
// word typed reaches some items; an entry is found where each word typed reaches one of its items.

(() => {
  const { shard, numbers, fold, counted, dated, made, named, seal, picture } = self.ocopFind;

  // --- words -------------------------------------------------------------------------------------------------------

  const WORD = /[\p{L}\p{M}]+|\p{N}+/gu;
  const ORDER = { ă: "a{", â: "a|", đ: "d{", ê: "e{", ô: "o{", ơ: "o|", ư: "u{" }; // as letters of their own, after z
  const TONES = { "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5 };

  /** What people write short, and what it stands for: each finds the other. */
  const SHORT = Object.entries({
    htx: "hợp tác xã", tht: "tổ hợp tác", hkd: "hộ kinh doanh", dntn: "doanh nghiệp tư nhân", dn: "doanh nghiệp",
    ct: "công ty", cty: "công ty", tnhh: "trách nhiệm hữu hạn", cp: "cổ phần", tm: "thương mại", kd: "kinh doanh",
    xnk: "xuất nhập khẩu", sxkd: "sản xuất kinh doanh", sx: "sản xuất", dvnn: "dịch vụ nông nghiệp", dv: "dịch vụ",
    qd: "quyết định", ubnd: "ủy ban nhân dân", tp: "thành phố", tx: "thị xã", tt: "thị trấn",
    t: "tỉnh", h: "huyện", x: "xã", p: "phường",
    coop: "cooperative", co: "company", ltd: "limited", jsc: "joint stock company",
  }).map(([short, words]) => {
    const long = words.split(" ").map(syllable);
    return { short, long, key: ` ${long.map(keyed).join(" ")} ` };
  });
  const LONG = new Map(SHORT.map((one) => [one.short, one.long]));

  /** A word parted into what is told apart: letters with hats and horns, its tone (wherever it stands), neither. */
  function syllable(written) {
    const word = written.toLowerCase();
    if (/^[a-z\d]+$/.test(word)) return { word, letters: word, tone: 0, folded: word };
    let tone = 0;
    const bare = word.normalize("NFD").replace(/[\u0300\u0301\u0303\u0309\u0323]/g, (mark) => {
      tone = TONES[mark];
      return "";
    });
    return { word, letters: bare.normalize("NFC"), tone, folded: fold(word) };
  }

  function keyed({ letters, tone }) {
    return letters + tone;
  }

  /** What puts names in Vietnamese order where it is compared: letters first, then tones. */
  function ordered(name) {
    const all = (name.normalize("NFC").match(WORD) || []).map(syllable);
    const letters = all.map((one) => one.letters).join(" ").replace(/[ăâđêôơư]/g, (one) => ORDER[one]);
    return `${letters}\n${all.map((one) => one.tone).join("")}`;
  }

  /** How the marks that were typed agree with a word's: 2 they do, 1 some were not typed, 0 they are others. */
  function agreement(typed, word, isBegun) {
    if (typed.isPlain) return 2;
    if (typed.tone !== word.tone && typed.tone) return 0;
    if (word.letters.startsWith(typed.letters) && (typed.tone === word.tone || isBegun)) return 2;
    const isLess = [...typed.letters].every((one, at) => one === word.letters[at] || one === word.folded[at]);
    return isLess ? 1 : 0;
  }

  /** Whether two words differ by one slip: a letter more, less or another, or two that changed places. */
  function slipped(one, other) {
    if (one.length > other.length) return slipped(other, one);
    if (other.length - one.length > 1) return false;
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    if (one.length < other.length) return one.slice(at) === other.slice(at + 1);
    const isSwapped = one[at] === other[at + 1] && one[at + 1] === other[at];
    return one.slice(at + 1) === other.slice(at + 1) || (isSwapped && one.slice(at + 2) === other.slice(at + 2));
  }

  // --- what is searched --------------------------------------------------------------------------------------------

  /** How much it counts where a word that was typed meets one of each kind. */
  const WEIGHTS = { name: 9, also: 8, maker: 6, place: 5, paper: 5, code: 5, set: 4, proof: 4, sector: 3, tag: 3, said: 1 };

  const terms = new Map(); // every word that occurs, with the numbers of the items in which it does
  const items = []; // {words, lang, kind, isShown, folded}
  const entries = []; // products and producers, with the numbers of their items
  const shared = new Map();
  const makers = new Map();

  function term(word) {
    let one = terms.get(word);
    if (!one) {
      one = { ...syllable(word), items: [] };
      terms.set(word, one);
    }
    return one;
  }

  /** The number of a new item. In it, what is written short is also written out, and the other way round. */
  function item(kind, words, { lang = "", isShown = false } = {}) {
    const number = items.length;
    const all = new Set();
    const whole = [];
    for (const word of words.normalize("NFC").match(WORD) || []) {
      const own = term(word.toLowerCase());
      const long = LONG.get(own.letters);
      const isShort = long && (word.length > 2 || word === word.toUpperCase());
      const meant = isShort ? long.map((one) => term(one.word)) : [own];
      for (const one of [own, ...meant]) all.add(one);
      whole.push(...meant);
    }
    const key = ` ${whole.map(keyed).join(" ")} `;
    if (whole.length > 1 || /^\D/.test(words)) {
      for (const { short, key: long } of SHORT) if (key.includes(long)) all.add(term(short));
    }
    for (const one of all) one.items.push(number);
    items.push({ kind, weight: WEIGHTS[kind], words, lang, isShown, folded: ` ${whole.map((one) => one.folded).join(" ")} ` });
    return number;
  }

  /** The items that many entries share, made once. */
  function once(key, make) {
    if (!shared.has(key)) shared.set(key, make());
    return shared.get(key);
  }

  const each = (kind, list) => list.map((words) => once(`${kind} ${words}`, () => item(kind, words)));

  function namesOf(kind, one) {
    const shown = { lang: one.lang, isShown: true };
    return [item(kind, one.name, shown), ...one.also.map((words) => item(kind === "name" ? "also" : kind, words))];
  }

  const KINDS = "xã phường thị trấn huyện tỉnh commune ward district province"; // which places of today lack in their names

  function placesOf(place) {
    if (!place) return [];
    const line = once(`line ${place.words}`, () => item("place", place.words, { isShown: true }));
    return [line, ...each("place", place.names), ...each("said", [KINDS])];
  }

  function addProduct(one, sectors) {
    const { maker, set } = one;
    const sector = sectors[set.sector];
    const own = namesOf("name", one);
    entries.push({
      one, names: own, isProduct: true, stars: one.seal ? one.seal.stars : 0, rank: one.seal && one.seal.held ? one.seal.stars : 0,
      items: own.concat(
        once(`maker ${maker.id}`, () => namesOf("maker", maker)),
        placesOf(one.place),
        each("set", [set.short, set.name, ...set.also]),
        each("sector", [sector.short, sector.name, ...(sector.also || [])]),
        each("proof", one.certificates),
        each("tag", one.tags),
        each("said", one.seal ? ["sản phẩm OCOP product sao star", one.seal.words] : ["sản phẩm OCOP product"]),
      ),
    });
  }

  /** The numbers of a product, which only who types digits asks for. */
  function addNumbers(entry, { papers, codes }) {
    entry.items.push(...each("paper", papers), ...each("code", codes));
  }

  const MAKERS = {
    cooperative: "hợp tác xã cooperative",
    enterprise: "công ty doanh nghiệp company enterprise",
    household: "hộ kinh doanh household business",
    "cooperative-group": "tổ hợp tác cooperative group",
    farm: "trang trại farm",
    association: "hội association",
  };

  /** A producer is an entry once, and is told with every file that has products of it: counts them. */
  function addMaker(one, count) {
    const known = makers.get(one.id);
    if (known) {
      known.count += count;
      return;
    }
    const own = namesOf("name", one);
    const order = ordered(one.name);
    const said = each("said", [`chủ thể producer OCOP ${MAKERS[one.kind] || ""}`]);
    const entry = { one, names: own, isProduct: false, stars: 0, rank: 0, order, count, items: own.concat(placesOf(one.place), said) };
    makers.set(one.id, entry);
    entries.push(entry);
  }

  // --- what was typed ----------------------------------------------------------------------------------------------

  /**
   * The words that were typed. A number before `sao` or `star` is a level; digits of a code may be parted.
   * `ways` are the words folded, and the same with what is short written out.
   */
  function read(words) {
    const joined = words.normalize("NFC").replace(/\d(?:[ .-]?\d){7,}/g, (digits) => digits.replace(/\D/g, ""));
    const found = joined.replace(/\bco-op/gi, "coop").match(WORD) || [];
    const typed = found.map((word) => syllable(word));
    const isPlain = typed.every((one) => one.letters === one.folded && !one.tone);
    const tokens = [];
    for (const [at, one] of typed.entries()) {
      const before = tokens[tokens.length - 1];
      if (/^(sao|stars?)$/.test(one.folded) && before && /^[1-5]$/.test(before.folded)) before.stars = Number(before.folded);
      else tokens.push({ ...one, isPlain, isLast: at === typed.length - 1 });
    }
    const short = typed.map((one) => one.folded);
    const long = typed.flatMap((one) => LONG.get(one.letters) || [one]).map((one) => one.folded);
    return { tokens, ways: [...new Set([short, long].map((way) => ` ${way.join(" ")}`))] };
  }

  const EXACT = 9, BEGUN = 6, SLIPPED = 3;
  const NOTHING = { value: 0 };

  /** How a word that was typed meets a term: nothing, or which way and how well its marks agree. */
  function met(token, one, withSlips) {
    const { folded } = token;
    if (one.folded === folded) return EXACT + agreement(token, one, false);
    if (/^\d/.test(folded)) {
      const isPart = folded.length > 4 ? one.folded.includes(folded) : token.isLast && folded.length > 2 && one.folded.startsWith(folded);
      return isPart ? BEGUN + 2 : 0;
    }
    if (token.isLast && one.folded.startsWith(folded)) return BEGUN + agreement(token, one, true);
    if (!withSlips || folded.length < 3 || /^\d/.test(one.folded)) return 0;
    const lengths = token.isLast ? [0, -1, 1] : [];
    if (folded.length === 3 && folded[0] !== one.folded[0]) return 0;
    const isNear = slipped(folded, one.folded) || lengths.some((more) => slipped(folded, one.folded.slice(0, folded.length + more)));
    return isNear ? SLIPPED : 0;
  }

  /** For each item how a word that was typed meets it, 0 where it does not. */
  function reached(token, withSlips) {
    const levels = new Uint8Array(items.length);
    let isKnown = false;
    for (const one of terms.values()) {
      const level = one.items.length && met(token, one, withSlips);
      if (!level) continue;
      isKnown = isKnown || level >= BEGUN;
      for (const number of one.items) if (levels[number] < level + 1) levels[number] = level + 1;
    }
    if (!isKnown && token.folded.length > 3 && !/\d/.test(token.folded)) {
      const apart = new RegExp(` ${[...token.folded].join(" ?")}`); // words that were typed in one
      items.forEach((one, number) => {
        if (apart.test(one.folded)) levels[number] = BEGUN + 3;
      });
    }
    return levels;
  }

  /**
   * What an entry is worth, 0 where it is not found; and the item to show where none that is seen says why it was.
   * Words that are met each in another item, none in a name, may have nothing to do with each other.
   */
  function valued(entry, query, levels, mostMissing) {
    const { tokens } = query;
    let sum = 0, missing = 0, inName = 0, others = 0, less = 0, slips = 0, why = null;
    const met = [];
    for (let at = 0; at < tokens.length; at += 1) {
      if (tokens[at].stars) {
        if (entry.stars !== tokens[at].stars) return NOTHING;
        sum += 80;
        continue;
      }
      let best = 0, from = 0;
      for (const number of entry.items) {
        const value = levels[at][number] && 16 * items[number].weight + levels[at][number];
        if (value > best) [best, from] = [value, number];
      }
      if (best) {
        const level = levels[at][from] - 1;
        if (level < BEGUN) slips += 1;
        else if (level % 3 === 0) others += level < EXACT ? 200 : 150;
        else if (level % 3 === 1) less += 1;
        sum += best;
        met.push(from);
        inName += entry.names.includes(from);
        if (!items[from].isShown && items[from].kind !== "said") why = items[from];
      } else {
        missing += 1;
        if (missing > mostMissing) return NOTHING;
      }
    }
    if (missing === tokens.length) return NOTHING;
    const place = missing ? 40 * (tokens.length - missing) + 60 * inName : placed(entry, query, levels, inName);
    const isScattered = !inName && met.length > 1 && new Set(met).size === met.length;
    const lost = others + 10 * less + 60 * slips + (isScattered ? 120 : 0);
    return { value: Math.max(1, place - lost + sum / tokens.length / 4), missing, slips, why };
  }

  /**
   * Where an entry that has all words stands: its name is that, begins so, has it, has all; one of its other items has
   * it; a part of them is in its name; none is.
   */
  function placed(entry, { tokens, ways }, levels, inName) {
    const hasAll = (number) => tokens.every((token, at) => token.stars || levels[at][number]);
    let best = inName ? 300 : 200;
    for (const number of inName ? entry.names : []) {
      const { folded, kind } = items[number];
      if (hasAll(number)) {
        const places = ways.map((way) => nameBy(folded, way));
        best = Math.max(best, Math.max(...places) - (kind === "also" ? 20 : 0));
      }
    }
    for (const number of best < 350 ? entry.items : []) {
      if (levels.whole[number] === undefined) {
        const { folded, kind } = items[number];
        levels.whole[number] = kind !== "said" && hasAll(number) && ways.some((way) => folded.includes(way));
      }
      if (levels.whole[number]) return 350;
    }
    return best;
  }

  /** Where a name stands that has all words that were typed. */
  function nameBy(folded, way) {
    if (folded === `${way} `) return 600;
    const isWhole = folded.includes(`${way} `) ? 30 : 0;
    if (folded.startsWith(way)) return 500 + isWhole;
    return (folded.includes(way) ? 440 : 400) + isWhole;
  }

  /** Entries that are found, best first; of like ones products first, then stars in effect, then by name. */
  function ranked(query, withSlips = false, mostMissing = 0) {
    const levels = query.tokens.map((token) => (token.stars ? null : reached(token, withSlips)));
    levels.whole = []; // by item, whether it has all that was typed as it was typed
    const hits = [];
    for (const [at, entry] of entries.entries()) {
      const found = valued(entry, query, levels, mostMissing);
      if (found.value) hits.push({ ...found, entry, at });
    }
    const compare = (one, other) => (one < other ? -1 : Number(one > other));
    return hits.sort((one, other) =>
      other.value - one.value || other.entry.isProduct - one.entry.isProduct || other.entry.rank - one.entry.rank
      || (!one.entry.isProduct && compare(one.entry.order, other.entry.order)) || one.at - other.at);
  }

  /** All that is found for what was typed, nothing where it has no word; `isNear` tells that nothing has all of them. */
  function find(words) {
    const query = read(words);
    const { length } = query.tokens;
    if (!length) return tried(query, {});
    let best = tried(query, {});
    for (const other of best.value < IN_NAME ? otherwise(words) : []) {
      const found = tried(read(other), {});
      if (found.value > best.value) best = found;
    }
    for (const more of [{ withSlips: true }, { mostMissing: length - 1 }]) {
      if (best.value < POOR) {
        const found = tried(query, more);
        if (found.value > best.value) best = found;
      }
    }
    return best;
  }

  const IN_NAME = 400, POOR = 150;

  /** What one way to look finds: of entries that were found with slips or without some words, those with the fewest. */
  function tried(query, { withSlips = false, mostMissing = 0 }) {
    const all = query.tokens.length ? ranked(query, withSlips, mostMissing) : [];
    const few = (name) => Math.min(...all.map((one) => one[name]));
    const [slips, value] = [withSlips ? few("slips") : 0, all.length ? all[0].value : 0];
    const most = query.tokens.length < 4 ? 1 : 2;
    const isGood = (one) => one.slips <= Math.min(slips, most) && (!mostMissing || one.value > 0.6 * value);
    const hits = all.filter(isGood);
    const best = hits.length ? hits[0].value : 0;
    return { hits, value: best, query, withSlips, isNear: mostMissing > 0 || best < POOR };
  }

  /** What may be meant where nothing has these words: signs of a keyboard that was off, and words that belong together. */
  function otherwise(words) {
    const all = words.trim().split(/\s+/);
    const decoded = [telex, vni].map((decode) => all.map((one) => decode(one.toLowerCase())).join(" "));
    const joined = all.slice(1).map((_, at) => [...all.slice(0, at), all[at] + all[at + 1], ...all.slice(at + 2)].join(" "));
    const isOther = (one, at, list) => one !== all.join(" ").toLowerCase() && list.indexOf(one) === at;
    return [...decoded, ...joined.filter((one) => read(one).tokens.every(isKnown))].filter(isOther);
  }

  function isKnown(token) {
    for (const one of terms.values()) if (met(token, one, false)) return true;
    return false;
  }

  const HATS = { aa: "â", ee: "ê", oo: "ô", aw: "ă", uow: "ươ", ow: "ơ", uw: "ư", dd: "đ" };
  const SIGNS = { s: "\u0301", f: "\u0300", r: "\u0309", x: "\u0303", j: "\u0323" };

  /** `ddoonfg` as a keyboard for Vietnamese would have written it: `đồng`. Where its tone stands does not matter. */
  function telex(word) {
    if (!/^[a-z]+$/.test(word)) return word;
    const hatted = word.replace(/aa|ee|oo|aw|uow|ow|uw|dd/g, (keys) => HATS[keys]);
    const found = /^(.*[aeiouyăâêôơư].*?)([sfrxj])(.*)$/.exec(hatted);
    return found ? found[1] + found[3] + SIGNS[found[2]] : hatted;
  }

  /** The same for keyboards that write marks as digits: `d9o6ng2`. */
  function vni(word) {
    if (!/^[a-z]+\d[a-z\d]*$/.test(word)) return word;
    const digits = word.replace(/\D/g, "");
    const has = (digit) => digits.includes(digit);
    let letters = word.replace(/\d/g, "");
    if (has("9")) letters = letters.replace("d", "đ");
    if (has("6")) letters = letters.replace(/[aeo]/, (one) => HATS[one + one]);
    if (has("7")) letters = letters.replace(/uo|u|o/, (one) => ({ uo: "ươ", u: "ư", o: "ơ" })[one]);
    if (has("8")) letters = letters.replace("a", "ă");
    const tone = /[1-5]/.exec(digits);
    return letters + (tone ? "sfrxj".split("").map((key) => SIGNS[key])[tone[0] - 1] : "");
  }

  // --- records, as they come ---------------------------------------------------------------------------------------

  const SLICE = 12; // milliseconds of work before the page gets its turn
  const state = { isAsked: false, hasFailed: false };
  const wanted = { records: 1, numbers: 1, total: 1, digits: false }; // the next file of each, and how many there are
  const lists = []; // the products of each file, as entries

  /** Whether all is there that words may need; numbers come only where digits were typed. */
  function isWhole() {
    const isMissing = wanted.digits && wanted.numbers <= wanted.total;
    return wanted.records > wanted.total && !isMissing;
  }

  const turn = () => new Promise((resolve) => setTimeout(resolve));

  /** Do something with each of many, with turns for the page between. */
  async function inSlices(list, work) {
    let until = performance.now() + SLICE;
    for (const one of list) {
      work(one);
      if (performance.now() > until) {
        await turn();
        until = performance.now() + SLICE;
      }
    }
  }

  /**
   * Get all records, one file after the other, and then all numbers where they are wanted; `told` hears of each that is
   * ready, and of one that did not come.
   */
  async function gather(told) {
    if (state.isAsked) return;
    state.isAsked = true;
    state.hasFailed = false;
    try {
      while (wanted.records <= wanted.total) {
        wanted.total = await addFile(wanted.records);
        wanted.records += 1;
        told();
      }
      while (wanted.digits && wanted.numbers <= wanted.total) {
        const some = await numbers(wanted.numbers);
        const products = lists[wanted.numbers];
        await inSlices(some.keys(), (row) => addNumbers(products[row], some[row]));
        wanted.numbers += 1;
        told();
      }
    } catch (fault) {
      state.hasFailed = true;
      told();
    }
    state.isAsked = false;
  }

  /** Add what a file of records tells; gives how many files there are. */
  async function addFile(number) {
    const { products, makers: some, shards, sectors } = await shard(number);
    const counts = new Map();
    for (const { maker } of products) counts.set(maker.id, (counts.get(maker.id) || 0) + 1);
    const from = entries.length;
    await inSlices(products, (one) => addProduct(one, sectors));
    lists[number] = entries.slice(from);
    await inSlices(some, (one) => addMaker(one, counts.get(one.id) || 0));
    return shards;
  }

  // --- what is shown -----------------------------------------------------------------------------------------------

  /** The pieces of a text that words which were typed meet, as pairs of where they begin and end. */
  function ranges(text, { query, withSlips }) {
    const words = [...text.matchAll(WORD)].map((one) => ({ at: one.index, end: one.index + one[0].length, ...syllable(one[0]) }));
    const tokens = query.tokens.filter((one) => !one.stars);
    const found = [];
    const run = (first, length) => found.push([words[first].at, words[first + length - 1].end]);
    for (const [at, word] of words.entries()) {
      for (const token of tokens) {
        const long = LONG.get(token.letters) || [];
        const level = met(token, word, withSlips);
        if (level >= BEGUN && level < EXACT && word.folded.length === word.end - word.at && word.folded.startsWith(token.folded)) {
          found.push([word.at, word.at + token.folded.length]);
        } else if (level) run(at, 1);
        if (long.length && long.every((one, more) => words[at + more] && keyed(words[at + more]) === keyed(one))) run(at, long.length);
        let joined = "";
        for (let more = at; more < words.length && token.folded.startsWith(joined); more += 1) {
          joined += words[more].folded;
          if (more > at && joined === token.folded) run(at, more - at + 1);
        }
      }
      const long = LONG.get(word.letters);
      if (long && long.every((one) => tokens.some((token) => token.folded === one.folded))) run(at, 1);
    }
    return found.sort(([one], [other]) => one - other);
  }

  /** A text as nodes in which what was typed is marked. */
  function marked(words, found) {
    const text = words.normalize("NFC");
    const nodes = [];
    let from = 0;
    for (const [at, end] of ranges(text, found)) {
      if (end <= from) continue;
      const begin = Math.max(at, from);
      nodes.push(text.slice(from, begin), made("mark", "", text.slice(begin, end)));
      from = end;
    }
    return [...nodes, text.slice(from)].filter((one) => one !== "");
  }

  const form = document.querySelector("form.search");
  if (!form) return;
  const input = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const panel = form.querySelector(".hits");
  const advice = form.querySelector(".search-advice");
  const phrases = form.dataset;
  const isPage = "here" in phrases; // the page of the search itself: all is shown there, and the address tells what
  const most = isPage ? 12 : 6;
  const everything = document.querySelector(".search-names");
  const links = () => [...panel.querySelectorAll("a, button")];
  const after = (words) => `${form.action.replace(/[?#].*/, "")}?q=${encodeURIComponent(words)}`;

  /** One result: picture, name, whose and where, seal; and what was met, where none of these tells. */
  function result({ entry, why }, found) {
    const { one, isProduct } = entry;
    const link = named({ name: "", lang: one.lang }, "a");
    link.href = one.href;
    link.append(...marked(one.name, found));
    const said = made("div", "hit-words", made("p", "hit-name", link));
    const by = made("p", "hit-by");
    if (isProduct) {
      const maker = named({ name: "", lang: one.maker.lang });
      maker.append(...marked(one.maker.name, found));
      by.append(maker);
    } else by.append(made("span", "hit-kind", phrases.producer), ` · ${counted(phrases.products, entry.count)}`);
    if (one.place) by.append(made("span", "card-place", ...marked(one.place.words, found)));
    said.append(by);
    if (why) {
      const words = made("span", "", ...marked(why.words, found));
      if (why.lang) words.lang = why.lang;
      said.append(made("p", "hit-why", words));
    }
    if (isProduct && one.seal) said.append(seal(one.seal));
    return made("li", "hit", isProduct ? shown(one) : drawnEar(), said);
  }

  function shown(product) {
    const one = picture(product);
    if (product.drawn) one.alt = phrases.illustration;
    one.onerror = () => one.classList.add("gone");
    return one;
  }

  /** What stands where a producer has no picture. */
  function drawnEar() {
    const box = made("span", "hit-ear");
    box.append(document.querySelector(".brand svg, .empty svg").cloneNode(true));
    return box;
  }

  let found = null;
  let count = most;

  const LONGEST = 200; // letters, of what somebody pasted; a name has fewer

  const typed = () => [...input.value.trim()].slice(0, LONGEST).join("");

  /** Let the address tell what is searched, so that it can be sent, and come back. */
  function tellAddress() {
    const words = typed();
    const here = words ? after(words) : form.action.replace(/[?#].*/, "");
    try {
      if (isPage && here !== location.href) history.replaceState(null, "", here);
    } catch (fault) {
      // some browsers let no page on a disk change its address, and none too often
    }
  }

  /** Look up what stands in the box, and show it. */
  function look() {
    const words = typed();
    if (isPage) everything.hidden = words !== "";
    found = words ? find(words) : null;
    show();
  }

  function show() {
    panel.replaceChildren();
    panel.hidden = !state.hasFailed && !(found && found.hits.length);
    advice.hidden = !found || found.hits.length > 0 || !isWhole();
    status.textContent = told();
    const { hits } = found || { hits: [] };
    if (hits.length) {
      const list = made("ul", "hit-list", ...hits.slice(0, count).map((one) => result(one, found)));
      panel.append(list);
      if (hits.length > count) panel.append(onward(hits.length));
    }
    if (state.hasFailed) panel.append(again());
  }

  /** How many there are, in words. */
  function told() {
    if (state.hasFailed) return phrases.failed;
    if (!found) return "";
    const { hits, isNear } = found;
    const waiting = isWhole() ? "" : phrases.loading;
    if (!hits.length) return waiting || phrases.none.replace("{words}", typed);
    return [isNear ? phrases.near : counted(phrases.found, hits.length), waiting, dated()].filter(Boolean).join(" · ");
  }

  /** The way to the results that are not shown. */
  function onward(all) {
    if (!isPage) {
      const link = made("a", "more", counted(phrases.all, all));
      link.href = after(typed());
      return made("p", "hit-more", link);
    }
    const more = made("button", "button plain", phrases.more);
    more.type = "button";
    more.onclick = () => {
      const first = count;
      count += most;
      show();
      links()[first].focus();
    };
    return made("p", "hit-more", more);
  }

  function again() {
    const one = made("button", "button plain", phrases.again);
    one.type = "button";
    one.onclick = () => {
      input.focus();
      gather(refresh);
      look();
    };
    return made("p", "hit-more", one);
  }

  /** Look again once more is known; who is at a result stays at that place. */
  function refresh() {
    const at = links().indexOf(document.activeElement);
    look();
    if (at >= 0) (links()[at] || input).focus();
  }

  // --- what people do ----------------------------------------------------------------------------------------------

  let isDue = false;
  let pause = 0;

  /** Look as soon as the letter that was typed is seen. */
  function lookSoon() {
    wanted.digits = wanted.digits || /\d/.test(input.value);
    gather(refresh);
    clearTimeout(pause);
    pause = setTimeout(tellAddress, 300); // once a word is typed, not at each letter
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => setTimeout(() => {
      isDue = false;
      count = most;
      look();
    }));
  }

  /** Above the keyboard of a phone there is room for results only below a box that stands at the top. */
  function rise() {
    const seen = self.visualViewport;
    if (!seen || !matchMedia("(pointer: coarse)").matches) return;
    if (input.getBoundingClientRect().bottom - seen.offsetTop > seen.height / 2) form.scrollIntoView();
  }

  input.addEventListener("focus", () => gather(refresh));
  input.addEventListener("input", () => {
    lookSoon();
    rise();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = typed();
    if (!isPage) location.href = words ? after(words) : form.action;
    else {
      look();
      tellAddress();
      status.focus(); // the keyboard of a phone goes, and shows what was found
    }
  });

  form.addEventListener("click", tellAddress);
  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape") {
      if (at < 0) input.value = "";
      input.focus();
      look();
    } else if (event.key === "ArrowDown" && all.length) (all[at + 1] || all[at]).focus();
    else if (event.key === "ArrowUp" && at >= 0) (all[at - 1] || input).focus();
    else return;
    event.preventDefault();
  });

  if (!isPage) {
    document.addEventListener("click", (event) => {
      if (!form.contains(event.target)) panel.hidden = true;
    });
    form.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !form.contains(event.relatedTarget)) panel.hidden = true;
    });
    input.addEventListener("focus", () => found && show());
  }

  const asked = isPage && new URLSearchParams(location.search).get("q");
  if (asked) input.value = asked;
  if (typed()) lookSoon();
  else if (isPage && matchMedia("(pointer: fine)").matches) input.focus({ preventScroll: true });
})();
