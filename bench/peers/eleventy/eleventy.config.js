// The catalogue in Eleventy: Nunjucks layouts, listings from collections, pictures by eleventy-img.
import path from "node:path";

const SIZE = 48;
const LANGS = ["vi", "en"];
const pictures = process.env.BENCH_PICTURES === "1";

function chunks(items) {
  const found = [];
  for (let at = 0; at === 0 || at < items.length; at += SIZE) found.push(items.slice(at, at + SIZE));
  return found;
}

function paged(lang, base, title, items, kind) {
  const all = chunks(items);
  const url = (at) => (at === 0 ? `/${lang}/${base}/` : `/${lang}/${base}/page/${at + 1}/`);
  return all.map((some, at) => ({
    lang, title, kind, items: some, url: url(at), number: at + 1, total: all.length,
    previous: at > 0 ? url(at - 1) : "", next: at + 1 < all.length ? url(at + 1) : "",
  }));
}

function listings(api) {
  return LANGS.flatMap((lang) => {
    const products = api.getFilteredByTag(`products_${lang}`);
    const producers = api.getFilteredByTag(`producers_${lang}`);
    const groups = new Map();
    for (const one of products) {
      const { stars, category, category_name, district, district_name } = one.data;
      const rows = [
        [`stars/${stars}`, String(stars)], [`categories/${category}`, category_name], [`districts/${district}`, district_name],
      ];
      for (const [base, title] of rows) {
        if (!groups.has(base)) groups.set(base, { title, items: [] });
        groups.get(base).items.push(one);
      }
    }
    return [
      ...paged(lang, "products", "products", products, "card"),
      ...paged(lang, "producers", "producers", producers, "line"),
      ...[...groups].flatMap(([base, { title, items }]) => paged(lang, base, title, items, "card")),
    ];
  });
}

function byProducer(api) {
  const found = {};
  for (const lang of LANGS)
    for (const one of api.getFilteredByTag(`products_${lang}`))
      (found[`${lang}/${one.data.producer}`] ??= []).push(one);
  return found;
}

export default async function (config) {
  const Image = pictures ? (await import("@11ty/eleventy-img")).default : null;
  config.addCollection("listings", listings);
  config.addCollection("byProducer", byProducer);
  config.addAsyncShortcode("picture", async (file, alt) => {
    if (!pictures) return "";
    const made = await Image(path.join("photos", file), {
      widths: [400, 800, 1600], formats: ["webp", "jpeg"], outputDir: "_site/pictures/", urlPath: "/pictures/",
      sharpWebpOptions: { quality: 80 }, sharpJpegOptions: { quality: 80 },
    });
    return Image.generateHTML(made, { alt, sizes: "50vw", loading: "lazy", decoding: "async" });
  });
  config.addFilter("slice_lang", (url) => url.slice(3));
  config.addPassthroughCopy("style.css");
  config.setQuietMode(true);
  return { markdownTemplateEngine: false, dir: { input: ".", output: "_site" } };
}
