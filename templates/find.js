// What scripts of pages share: the records of all products, loaded when first asked for; words folded as the program
// folds them; and how a product is drawn. It works from a disk as well, so data come as scripts (see `records`).
//
// `self.ocopFind` is all of it. Names in records are strangers' words: they are only ever set as text.

(() => {
  const ROOT = new URL("../", document.currentScript.src).href;
  const HOME = `${ROOT}${document.documentElement.lang}/`; // as an edition lies below the name of its language
  const ON_DISK = location.protocol === "file:";

  /**
   * @typedef {{stars: number, held: boolean, short: string, words: string}} Seal
   * @typedef {{id: string, name: string, lang?: string, also: string[], kind: string, place?: Place, href: string}} Maker
   * @typedef {{words: string, district: Array|0, commune: Array|0, names: string[]}} Place
   * @typedef {{n: number, name: string, also: string[], short: string, sector: string, href: string}} ProductSet
   * @typedef {{id: string, name: string, lang?: string, also: string[], href: string, maker: Maker, set: ProductSet,
   *   place?: Place, seal?: Seal, certificates: string[], tags: string[], picture: string, drawn: boolean}} Product
   *   `drawn` tells that the picture is our drawing of its set
   * @typedef {{products: Product[], makers: Maker[], total: number, shards: number, sectors: Object}} Shard
   * @typedef {{day: number, years: number[], price?: number, papers: string[], codes: string[],
   *   whole: string[]}} Numbers
   *   `whole` are the languages in which nothing of a product is missing
   */

  // --- records -----------------------------------------------------------------------------------------------------

  const files = {};
  let about = {};

  /**
   * The records of one file, by its number; the first tells how many there are, and must have come before others are
   * asked for. A file is loaded once; the promise is broken where that failed, and asking again then tries again.
   * @param {number} number from 1
   * @returns {Promise<Shard>}
   */
  const shard = (number) => once("records", "ocopRecords", number, read);

  /**
   * The numbers of the products of one file, in their order.
   * @returns {Promise<Numbers[]>}
   */
  const numbers = (number) => once("numbers", "ocopNumbers", number, readNumbers);

  function once(name, list, number, work) {
    const src = `${HOME}${name}${number > 1 ? `-${number}` : ""}.js`;
    if (!files[src]) {
      files[src] = loaded(src, list).then(work);
      files[src].catch(() => delete files[src]);
    }
    return files[src];
  }

  /** What a script adds to a list by its global name. */
  function loaded(src, list) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const ended = (told) => {
        script.remove();
        if (told) resolve(told);
        else reject(new Error(src));
      };
      script.src = src;
      script.onload = () => ended((self[list] || []).pop()); // a script that came whole has just run
      script.onerror = () => ended();
      document.head.append(script);
    });
  }

  const href = (pattern, id) => address(pattern.replace("*", () => id));

  /** Columns → one object for each product. */
  function read(told) {
    if (told.shards) about = told;
    const withAlso = (one) => ({ ...one, also: one.also || [] });
    const place = (number) => told.places[number];
    const maker = (one) => ({ ...withAlso(one), place: place(one.place), href: href(about.producer, one.id) });
    const makers = told.makers.map(maker);
    const sets = told.sets.map((one) => ({ ...withAlso(one), href: address(one.href) }));
    const columns = told.products;
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
      certificates: told.certificates[columns.certificates[row]] || [],
      tags: columns.tags[row] || [],
      picture: ROOT + (columns.picture[row] ? pictured(columns.picture[row]) : sets[columns.set[row]].picture),
      drawn: !columns.picture[row],
    }));
    const { total, shards, sectors } = about;
    return { products, makers: makers.concat((told.idle || []).map(maker)), total, shards, sectors };
  }

  function readNumbers({ products: columns, papers }) {
    const langs = Object.keys(columns.whole);
    return columns.day.map((day, row) => ({
      day,
      years: columns.years[row] || [],
      price: columns.price[row],
      papers: (columns.papers[row] || []).map((number) => papers[number]),
      codes: columns.codes[row] || [],
      whole: langs.filter((lang) => columns.whole[lang][row] === "1"),
    }));
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

  const { lang } = document.documentElement;
  const plurals = new Intl.PluralRules(lang);
  const { pluralCategories } = plurals.resolvedOptions();
  const kinds = ["zero", "one", "two", "few", "many", "other"].filter((kind) => pluralCategories.includes(kind));
  const digits = new Intl.NumberFormat(lang);

  /** Words of the interface with a number: of the forms parted by ` | ` that of this number. */
  function counted(words, n) {
    const forms = words.split(" | ");
    const form = forms[Math.min(kinds.indexOf(plurals.select(n)), forms.length - 1)];
    return form.replace("{n}", () => digits.format(n));
  }

  /** For which day the records tell stars, in words, where that is not the page's: what a phone kept may be older. */
  function dated() {
    const line = document.querySelector(".foot-today");
    if (!about.day || line.querySelector("time").dateTime === about.day) return "";
    const day = new Date(`${about.day}T00:00`).toLocaleDateString(lang, { dateStyle: "long" });
    return `${line.firstChild.data.trim()} ${day}.`;
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

  self.ocopFind = { shard, numbers, fold, counted, dated, made, named, seal, picture, card };
})();
