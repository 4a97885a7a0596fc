// What pages share: the entries of a language, sorted once, and groups of them.
import { getCollection } from "astro:content";
import ui from "../ui.json";
import links from "../links.json";

export const SIZE = 48;
export const LANGS = ["vi", "en"];
export { ui, links };

export const slugOf = (entry: { id: string }) => entry.id.slice(entry.id.indexOf("/") + 1);

function sorted(entries: any[]) {
  return entries.sort((one, other) => (one.data.title < other.data.title ? -1 : 1));
}

async function read() {
  const all: Record<string, any> = {};
  const products = sorted(await getCollection("products"));
  const producers = sorted(await getCollection("producers"));
  for (const lang of LANGS) {
    const mine = products.filter((one) => one.data.lang === lang);
    const groups = new Map<string, { title: string; items: any[] }>();
    const made = new Map<string, any[]>();
    for (const one of mine) {
      const { stars, category, category_name, district, district_name, producer } = one.data;
      for (const [base, title] of [[`stars/${stars}`, `${stars}`], [`categories/${category}`, category_name], [`districts/${district}`, district_name]]) {
        if (!groups.has(base)) groups.set(base, { title, items: [] });
        groups.get(base)!.items.push(one);
      }
      if (!made.has(producer)) made.set(producer, []);
      made.get(producer)!.push(one);
    }
    all[lang] = { products: mine, producers: producers.filter((one) => one.data.lang === lang), groups, made };
  }
  return all;
}

let kept: Promise<Record<string, any>> | undefined;
export const catalogue = () => (kept ??= read());

// The pages of a listing, as static paths.
export function paged(lang: string, base: string, title: string, items: any[], cards: boolean) {
  const total = Math.ceil(items.length / SIZE);
  const path = (at: number) => (at === 0 ? base : `${base}/page/${at + 1}`);
  return Array.from({ length: total }, (_, at) => ({
    params: { lang, list: path(at) },
    props: {
      title, cards, total, path: `${path(at)}/`, items: items.slice(at * SIZE, (at + 1) * SIZE), number: at + 1,
      previous: at > 0 && `/${lang}/${path(at - 1)}/`, next: at + 1 < total && `/${lang}/${path(at + 1)}/`,
    },
  }));
}
