// What scripts of pages share: the records of all products, loaded when first asked for; words folded as the program
// folds them; and how a product is drawn. It works from a disk as well, so data come as scripts (see `records`).
//
// `self.ocopFind` is all of it. Names in records are strangers' words: they are only ever set as text.

(() => {
  const ROOT = new URL("../", document.currentScript.src).href;
  const HOME = `${ROOT}${document.documentElement.lang}/`;
  const ON_DISK = location.protocol === "file:";

  /**
   * @typedef {{stars: number, held: boolean, short: string, words: string}} Seal
   * @typedef {{id: string, name: string, lang?: string, also: string[], kind: string, place?: Place, href: string}} Maker
   * @typedef {{words: string, district: Array|0, commune: Array|0, names: string[]}} Place
   * @typedef {{n: number, name: string, also: string[], short: string, sector: string, href: string}} ProductSet
   * @typedef {{id: string, name: string, lang?: string, also: string[], href: string, maker: Maker, set: ProductSet,
   *   place?: Place, seal?: Seal, day: number, years: number[],
   *   price?: number, papers: string[], certificates: string[],
   *   codes: string[], tags: string[], picture: string, drawn: boolean, whole: string[]}} Product
   *   `whole` are the languages in which nothing is missing; `drawn` tells that the picture is our drawing of its set
   * @typedef {{products: Product[], makers: Maker[], total: number, shards: number, sectors: Object}} Shard
   */

  // --- records -----------------------------------------------------------------------------------------------------

  const shards = {};
  let about = {};

  /**
   * The records of one file, by its number; the first tells how many there are. It is loaded once, and again where
   * that failed: then the promise is broken.
   * @param {number} number from 1
   * @returns {Promise<Shard>}
   */
  function shard(number) {
    if (!shards[number]) {
      shards[number] = loaded(`${HOME}records${number > 1 ? `-${number}` : ""}.js`).then(read);
      shards[number].catch(() => delete shards[number]);
    }
    return shards[number];
  }

  function loaded(src) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = src;
      script.onload = () => {
        const told = (self.ocopRecords || []).pop(); // a script that came whole has just run
        script.remove();
        if (told) resolve(told);
        else reject(new Error(src));
      };
      script.onerror = () => {
        script.remove();
        reject(new Error(src));
      };
      document.head.append(script);
    });
  }

  /** Columns → one object for each product. */
  function read(told) {
    if (told.shards) about = told;
    const place = (number) => told.places[number];
    const href = (pattern, id) => address(pattern.replace("*", () => id));
    const maker = (one) => ({ ...one, also: one.also || [], place: place(one.place), href: href(about.producer, one.id) });
    const makers = [...told.makers.map(maker)];
    const sets = told.sets.map((one) => ({ ...one, also: one.also || [], href: address(one.href) }));
    const columns = told.products;
    const list = (column, row, known) => (column[row] || []).map((number) => known[number]);
    const products = columns.id.map((id, row) => ({
      id,
      name: columns.name[row],
      lang: columns.lang[row],
      also: columns.also[row] || [],
      href: href(about.product, id),
      maker: makers[columns.maker[row]],
      set: sets[columns.set[row]],
      place: place(columns.place[row]),
      seal: told.seals[columns.seal[row]],
      day: columns.day[row],
      years: columns.years[row] || [],
      price: columns.price[row],
      papers: list(columns.papers, row, told.papers),
      certificates: list(columns.certificates, row, told.certificates),
      codes: columns.codes[row] || [],
      tags: columns.tags[row] || [],
      picture: ROOT + (columns.picture[row] ? pictured(columns.picture[row]) : sets[columns.set[row]].picture),
      drawn: !columns.picture[row],
      whole: Object.keys(columns.whole).filter((lang) => columns.whole[lang][row] === "1"),
    }));
    const { total, shards: all, sectors } = about;
    return { products, makers, total, shards: all, sectors };
  }

  const pictured = (name) => about.pictures[0].replace("*", () => name);

  /** A whole address of a page by its address from the site's root; from a disk, of its file. */
  function address(href) {
    return `${ROOT}${href}${ON_DISK && /(^|\/)$/.test(href) ? "index.html" : ""}`;
  }

  // --- words -------------------------------------------------------------------------------------------------------

  /** Words without marks and in lower case, as `text.fold` of the program: `Tỏi đen` → `toi den`. */
  function fold(words) {
    return words
      .replace(/[đĐðÐɖƉ]/g, "d")
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase();
  }

  /** Words of the interface with a number: of the forms parted by ` | ` that of this number. */
  function counted(words, n) {
    const { lang } = document.documentElement;
    const forms = words.split(" | ");
    const known = new Intl.PluralRules(lang);
    const kinds = ["zero", "one", "two", "few", "many", "other"];
    const used = kinds.filter((kind) => known.resolvedOptions().pluralCategories.includes(kind));
    const form = forms[Math.min(used.indexOf(known.select(n)), forms.length - 1)];
    return form.replace("{n}", () => n.toLocaleString(lang));
  }

  // --- drawing -----------------------------------------------------------------------------------------------------

  /** An element of a class, with what is in it: nodes and words. */
  function made(name, className, ...inside) {
    const one = document.createElement(name);
    if (className) one.className = className;
    one.append(...inside);
    return one;
  }

  /** A name as words, in their own language where that is not the page's. */
  function named(one, name = "span") {
    const words = made(name, "", one.name);
    if (one.lang) words.lang = one.lang;
    return words;
  }

  /** A small seal with its words. One that is not held today is an outline. @param {Seal} seal */
  function seal({ stars, held, short, words }) {
    const within = (name, settings) => {
      const one = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(settings)) one.setAttribute(key, value);
      return one;
    };
    const size = { width: 30, height: 30, viewBox: "0 0 48 48", fill: "none", stroke: "currentColor" };
    const drawn = within("svg", { class: `seal ${held ? "held" : "open"}`, ...size, "aria-hidden": "true" });
    drawn.append(within("circle", { cx: 24, cy: 24, r: 22.4 }), within("use", { href: `#s${stars}` }));
    const said = made("span", "seal-words", made("b", "", short));
    const standing = words.slice(short.length + 3);
    if (standing) said.append(made("span", "dot", " · "), made("span", "standing", standing));
    return made("p", "seal-line", drawn, said);
  }

  /** The picture of a product; beside its name it needs no words. @param {Product} product */
  function picture({ picture: src }) {
    const one = made("img", "");
    Object.assign(one, { src, width: 400, height: 300, alt: "", loading: "lazy", decoding: "async" });
    return one;
  }

  /**
   * A product as listings show it, as the macro `card` makes it.
   * @param {Product} product
   * @param {string} illustration what a drawing of ours says of itself
   * @param {number} level of its heading
   */
  function card(product, illustration, level = 3) {
    const figure = made("figure", "card-picture", picture(product));
    if (product.drawn) figure.append(made("span", "caption", illustration));
    const link = named(product, "a");
    link.href = product.href;
    const by = made("p", "card-by", named(product.maker));
    if (product.place) by.append(made("span", "card-place", product.place.words));
    const whole = made("article", "card", figure, made(`h${level}`, "card-name", link), by);
    if (product.seal) whole.append(seal(product.seal));
    return whole;
  }

  self.ocopFind = { shard, fold, counted, made, named, seal, picture, card, address };
})();
