// Filters and sorting of a listing. The page is complete without it; nothing is loaded until it is first used, or
// asked for by the address, which tells all that is chosen: `?sao=4,5&huyen=thai-thuy&xep=ten`.
//
// Every kind of choice is told by values that are the same in all languages, so an address holds in each.

(() => {
  const bar = document.querySelector(".filter");
  const panel = document.querySelector(".panel");
  if (!bar || !panel || !panel.showModal || !self.ocopFind) return;
  const find = self.ocopFind;
  const main = document.querySelector("main");
  const found = document.querySelector(".found");
  const opener = bar.querySelector("button");
  const form = panel.querySelector("form");
  const sort = form.elements.xep;
  const told = panel.dataset;
  const { lang } = document.documentElement;
  const PART = 48; // as many as a page of a listing has
  const FEW = 8; // choices of a kind that are shown at once
  const BANDS = [0, 50000, 100000, 200000, 500000, 1000000]; // dong

  // --- kinds of choices --------------------------------------------------------------------------------------------

  const one = (value) => (value === undefined || value === 0 ? [] : [String(value)]);
  const key = (words) => find.fold(words).replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  const named = (name) => ({ name });

  /** The values that a product has of each kind, and the names of those that the page does not tell. */
  const KINDS = {
    "hieu-luc": (product) => one(product.seal && product.seal.held ? 1 : 0),
    ban: (product) => product.whole,
    sao: (product) => [String(product.seal ? product.seal.stars : 0)],
    nganh: (product) => one(product.set.sector),
    bo: (product) => one(product.set.n),
    huyen: ({ place }) => one(place && place.district ? place.district[0] : 0),
    xa: ({ place }) => one(place && place.commune ? place.commune[0] : 0),
    loai: (product) => one(product.maker.kind),
    "chung-nhan": (product) => product.certificates.map(key),
    gia: ({ price }) => (price === undefined ? [] : one(band(price))),
    nam: (product) => product.years.map(String),
  };
  const NAMES = {
    nganh: (product, value, sectors) => ({
      ...sectors[value],
      name: sectors[value].short,
      rank: Object.keys(sectors).indexOf(value),
    }),
    bo: ({ set }) => ({ ...set, name: set.short }),
    huyen: ({ place }) => named(place.district[1]),
    xa: ({ place }) => ({ name: place.commune[1], note: place.district ? place.district[1] : "" }),
    "chung-nhan": (product, value) => named(product.certificates.find((words) => key(words) === value)),
    gia: (product, value) => named(priced(value)),
    nam: (product, value) => named(value),
  };
  const figures = new Intl.NumberFormat(lang);
  const collator = new Intl.Collator("vi");
  const byNumber = (a, b) => a.value - b.value;
  const byName = (a, b) => collator.compare(a.name, b.name);
  const ORDERS = {
    nganh: (a, b) => a.rank - b.rank,
    bo: byNumber,
    huyen: byName,
    xa: byName,
    "chung-nhan": (a, b) => b.all - a.all || byName(a, b),
    gia: (a, b) => parseInt(a.value, 10) - parseInt(b.value, 10),
    nam: (a, b) => b.value - a.value,
  };

  /** The band of a price, by the thousands between which it lies: `50-100`, `1000-`. */
  function band(price) {
    const above = BANDS.filter((each) => each <= price).length;
    return `${BANDS[above - 1] / 1000}-${above < BANDS.length ? BANDS[above] / 1000 : ""}`;
  }

  function priced(value) {
    const [from, to] = value.split("-");
    const money = (thousands) =>
      (thousands * 1000).toLocaleString(lang, { style: "currency", currency: "VND", maximumFractionDigits: 0 });
    if (from === "0") return told.below.replace("{price}", () => money(to));
    if (!to) return told.above.replace("{price}", () => money(from));
    return `${money(from)} – ${money(to)}`;
  }

  // --- what is chosen, and the address -----------------------------------------------------------------------------

  const scope = bar.dataset.scope ? bar.dataset.scope.split("=") : null;
  /** The values chosen of each kind, and the order. */
  let chosen = {};
  let order = "";

  /** What an address asks for; what nobody knows is left out later, where the values are known. */
  function asked() {
    const query = new URLSearchParams(location.search);
    const wanted = {};
    for (const name of Object.keys(KINDS)) {
      const values = (query.get(name) || "").split(",").filter(Boolean);
      if (values.length && !(scope && scope[0] === name)) wanted[name] = new Set(values);
    }
    const way = query.get("xep");
    return [wanted, [...sort.options].some((option) => option.value === way) ? way : ""];
  }

  function query() {
    const parts = Object.entries(chosen).map(([name, values]) => `${name}=${[...values].join(",")}`);
    if (order) parts.push(`xep=${order}`);
    return parts.length ? `?${parts.join("&")}` : "";
  }

  const isActive = () => order !== "" || Object.keys(chosen).length > 0;

  const others = [...document.querySelectorAll(".langs a[hreflang]")].map((link) => [link, link.getAttribute("href")]);

  /** The same listing, as it is narrowed here, is one tap away in the other languages. */
  function carried() {
    for (const [link, href] of others) link.setAttribute("href", href.replace(/(#|$)/, () => query()));
  }

  // --- records, loaded when first asked for ------------------------------------------------------------------------

  let products = [];
  /** Each kind of choice: its values with their names and inputs, and which of them each product has. */
  let kinds = [];

  /** All records, with their numbers; a file that may not be there is not asked for. */
  async function loaded() {
    const first = await find.shard(1);
    const files = Array.from({ length: first.shards }, (_, at) => at + 1);
    const parts = await Promise.all(files.map((number) => Promise.all([find.shard(number), find.numbers(number)])));
    for (const [{ products: some }, more] of parts) some.forEach((one, row) => Object.assign(one, more[row]));
    return parts.map(([shard]) => shard);
  }

  function laid(shards) {
    const all = shards.flatMap((shard) => shard.products);
    products = scope ? all.filter((product) => KINDS[scope[0]](product).includes(scope[1])) : all;
    kinds = [...form.querySelectorAll("fieldset[data-kind]")].map((box) => kindOf(box, shards[0].sectors));
    for (const kind of kinds) drawn(kind);
    for (const part of [panel, found]) part.classList.add("is-ready");
  }

  function kindOf(box, sectors) {
    const name = box.dataset.kind;
    const known = new Map(); // value → its number
    const choices = [];
    for (const input of box.querySelectorAll("input")) {
      known.set(input.value, choices.length);
      choices.push({ value: input.value, name: input.parentNode.querySelector("span").textContent, all: 0, input });
    }
    const starts = new Uint32Array(products.length + 1);
    const numbers = [];
    products.forEach((product, at) => {
      for (const value of new Set(KINDS[name](product))) {
        if (!known.has(value) && NAMES[name]) {
          known.set(value, choices.length);
          choices.push({ value, all: 0, ...NAMES[name](product, value, sectors), value });
        }
        const number = known.get(value);
        if (number === undefined) continue;
        choices[number].all += 1;
        numbers.push(number);
      }
      starts[at + 1] = numbers.length;
    });
    const counts = new Uint32Array(choices.length);
    return { name, box, known, choices, starts, numbers: Uint16Array.from(numbers), counts, whole: false };
  }

  // --- counting ----------------------------------------------------------------------------------------------------

  /** The products that all chosen kinds allow; beside each value, how many there would be of it with the others. */
  function counted() {
    const wanted = kinds.map(({ name, known, choices }) => {
      if (!chosen[name]) return null;
      const marks = new Uint8Array(choices.length);
      for (const value of chosen[name]) marks[known.get(value)] = 1;
      return marks;
    });
    for (const kind of kinds) kind.counts.fill(0);
    const shown = [];
    for (let at = 0; at < products.length; at += 1) {
      let missed = -1; // the one kind that does not allow it
      let more = false;
      for (let k = 0; k < kinds.length && !more; k += 1) {
        if (wanted[k] && !has(kinds[k], at, wanted[k])) {
          more = missed >= 0;
          missed = k;
        }
      }
      if (more) continue;
      if (missed >= 0) count(kinds[missed], at);
      else {
        shown.push(at);
        for (const kind of kinds) count(kind, at);
      }
    }
    return shown;
  }

  function has({ starts, numbers }, at, marks) {
    for (let n = starts[at]; n < starts[at + 1]; n += 1) if (marks[numbers[n]]) return true;
    return false;
  }

  function count({ starts, numbers, counts }, at) {
    for (let n = starts[at]; n < starts[at + 1]; n += 1) counts[numbers[n]] += 1;
  }

  /** Products stand in the order of their names; where two are alike in what an order looks at, that decides. */
  function sorted(shown) {
    const stars = (at) => (products[at].seal ? products[at].seal.stars : 0);
    const held = (at) => (products[at].seal && products[at].seal.held ? 1 : 0);
    if (order === "ten") return shown;
    if (order === "moi") return shown.sort((a, b) => products[b].day - products[a].day || a - b);
    if (order === "sao") return shown.sort((a, b) => stars(b) - stars(a) || held(b) - held(a) || a - b);
    return shown.sort((a, b) => held(b) - held(a) || stars(b) - stars(a) || a - b);
  }

  // --- the panel ---------------------------------------------------------------------------------------------------

  /** Lay out the choices of a kind; one that no product has any value of is not shown. */
  function drawn(kind) {
    const list = kind.box.querySelector("ul");
    for (const choice of kind.choices) {
      if (!choice.input) {
        choice.input = find.made("input", "");
        Object.assign(choice.input, { type: "checkbox", name: kind.name, value: choice.value });
        const label = find.made("label", "choice", choice.input, find.named(choice));
        if (choice.note) label.lastElementChild.append(find.made("small", "", ` ${choice.note}`));
        choice.row = find.made("li", "", label);
      } else choice.row = choice.input.closest("li");
      choice.count = document.createTextNode("");
      const unit = find.made("span", "away-words", ` ${told.unit}`);
      choice.row.firstElementChild.append(find.made("span", "chip-count", choice.count, unit));
    }
    if (ORDERS[kind.name]) kind.choices.slice().sort(ORDERS[kind.name]).forEach((choice) => list.append(choice.row));
    kind.rows = [...list.children].map((row) => kind.choices.find((choice) => choice.row === row));
    kind.box.hidden = kind.choices.every(isOfAll) || Boolean(scope && scope[0] === kind.name);
    const without = kind.box.querySelector("[data-without]");
    if (without) {
      const n = products.filter((product) => product.price === undefined).length;
      without.hidden = n === 0;
      without.textContent = find.counted(without.dataset.without, n);
    }
    const more = kind.box.querySelector(".panel-more");
    if (more) {
      more.onclick = () => {
        kind.whole = true;
        const first = kind.rows.find((choice) => choice.row.hidden && kind.counts[kind.choices.indexOf(choice)]);
        shownIn(kind);
        if (first) first.input.focus();
      };
    }
  }

  /** A value that every product has narrows nothing. */
  function isOfAll(choice) {
    return choice.all === products.length || choice.all === 0;
  }

  function shownIn(kind) {
    let shown = 0;
    let hidden = 0;
    const isLong = kind.choices.length > FEW;
    for (const choice of kind.rows) {
      const n = kind.counts[kind.known.get(choice.value)];
      const isChosen = Boolean(chosen[kind.name] && chosen[kind.name].has(choice.value));
      const isOver = isLong && !isChosen && !kind.whole && shown >= FEW;
      const isHidden = !isChosen && (n === 0 ? isLong || choice.all === 0 : isOver);
      if (!isHidden) shown += 1;
      else if (n) hidden += 1;
      if (choice.row.hidden !== isHidden) choice.row.hidden = isHidden;
      choice.input.checked = isChosen;
      choice.input.disabled = n === 0 && !isChosen;
      if (choice.shown !== n) {
        choice.shown = n;
        choice.count.data = figures.format(n);
      }
    }
    const more = kind.box.querySelector(".panel-more");
    if (more) {
      more.hidden = hidden === 0;
      more.textContent = told.more.replace("{n}", () => figures.format(hidden));
    }
  }

  form.addEventListener("change", ({ target }) => {
    if (target === sort) order = sort.value;
    else {
      const values = chosen[target.name] || new Set();
      if (target.checked) values.add(target.value);
      else values.delete(target.value);
      if (values.size) chosen[target.name] = values;
      else delete chosen[target.name];
    }
    changed();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    panel.close();
  });
  panel.querySelector(".panel-close").onclick = () => panel.close();
  panel.onclick = (event) => {
    if (event.target === panel) panel.close(); // beside the sheet
  };
  panel.onclose = () => {
    if (!isActive()) return;
    const { top } = bar.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 2) bar.scrollIntoView();
  };
  opener.onclick = async () => {
    panel.showModal();
    await attempt();
  };

  // --- the results -------------------------------------------------------------------------------------------------

  const list = found.querySelector(".cards");
  const chips = found.querySelector(".chips");
  const more = found.querySelector(".found-more");
  const none = found.querySelector(".found-none");
  const statuses = [...document.querySelectorAll(".found-count, .panel-count")];
  let shown = [];
  let drawnCards = 0;

  function say(words) {
    for (const status of statuses) status.textContent = words;
  }

  /** Load what is needed and show what is asked for; tells whether that could be had. */
  async function attempt() {
    if (!kinds.length) {
      say(told.loading);
      panel.setAttribute("aria-busy", "true");
      const shards = await loaded().catch(() => null);
      panel.removeAttribute("aria-busy");
      if (!shards) {
        say(told.failed);
        return false;
      }
      if (!kinds.length) laid(shards); // it was asked for twice while it was on its way
    }
    show();
    return true;
  }

  function show() {
    for (const [name, values] of Object.entries(chosen)) {
      const kind = kinds.find((each) => each.name === name);
      const known = new Set([...values].filter((value) => kind && kind.known.has(value)));
      if (known.size) chosen[name] = known;
      else delete chosen[name];
    }
    shown = sorted(counted());
    for (const kind of kinds) shownIn(kind);
    sort.value = order;
    turned(isActive());
    say([find.counted(told.results, shown.length), find.dated()].filter(Boolean).join(" · "));
    list.replaceChildren();
    drawnCards = 0;
    if (isActive()) {
      chipped();
      further();
    }
    none.hidden = shown.length > 0;
    carried();
  }

  /** Between the page as it was built and what is found. */
  function turned(isOn) {
    main.classList.toggle("is-narrowed", isOn);
    found.hidden = !isOn;
    const n = Object.values(chosen).reduce((sum, values) => sum + values.size, 0);
    const mark = opener.querySelector(".filter-count");
    mark.hidden = n === 0;
    mark.firstElementChild.textContent = figures.format(n);
  }

  function further() {
    const next = shown.slice(drawnCards, drawnCards + PART).map((at) => products[at]);
    const rows = next.map((product) => find.made("li", "", find.card(product, told.illustration, 3)));
    list.append(...rows);
    drawnCards += rows.length;
    const left = shown.length - drawnCards;
    more.hidden = left <= 0;
    more.textContent = told.further.replace("{n}", () => figures.format(Math.min(PART, left)));
    return rows[0];
  }

  more.onclick = () => {
    const first = further();
    if (first) first.querySelector("a").focus();
  };

  /** A chip for each choice, which takes it back. */
  function chipped() {
    const rows = [...chips.querySelectorAll(".chip-scope")].map((link) => link.parentNode);
    for (const link of chips.querySelectorAll(".chip-scope")) link.search = query();
    for (const kind of kinds) {
      for (const value of chosen[kind.name] || []) {
        const choice = kind.choices[kind.known.get(value)];
        const chip = find.made("button", "chip chip-off", find.named(choice));
        chip.type = "button";
        chip.setAttribute("aria-label", told.drop.replace("{name}", () => choice.name));
        chip.onclick = () => taken(kind.name, value, rows.findIndex((row) => row.contains(chip)));
        rows.push(find.made("li", "", chip));
      }
    }
    chips.replaceChildren(...rows);
    chips.hidden = rows.length === 0;
  }

  function taken(name, value, at) {
    chosen[name].delete(value);
    if (!chosen[name].size) delete chosen[name];
    changed();
    const left = chips.querySelectorAll(".chip");
    (isActive() && left.length ? left[Math.min(at, left.length - 1)] : opener).focus();
  }

  let shownQuery = location.search; // the address that the list shows

  function changed() {
    show();
    shownQuery = query();
    try {
      history.pushState(null, "", `${location.pathname}${shownQuery}`);
    } catch (fault) {
      // some browsers take no more than so many in a while
    }
  }

  for (const clear of document.querySelectorAll(".filter-clear")) {
    clear.onclick = () => {
      chosen = {};
      order = "";
      changed();
      if (!panel.open) opener.focus();
    };
  }

  // --- the address, when the page comes and when somebody goes back --------------------------------------------------

  async function restored() {
    [chosen, order] = asked();
    if (!isActive() && !kinds.length) return;
    if (isActive() && !kinds.length) turned(true); // so that what is asked for is not shown below all the rest
    if (!(await attempt())) main.classList.remove("is-narrowed");
  }

  addEventListener("popstate", () => {
    if (location.search === shownQuery) return; // another place of the same page
    shownQuery = location.search;
    restored();
  });
  restored();
})();
