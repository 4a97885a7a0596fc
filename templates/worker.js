// The worker that keeps pages on this phone. The network comes first, so what the site says is what is seen; a kept
// copy is shown only where the network fails or is slow, and then with the line that tells its day.
//
// Before these lines stand the version of all that is laid in; SHELL, the page for what is not kept and the files that
// every page needs; and SHORT, where the pages lie that short addresses lead to.

const SCOPE = self.registration.scope;
const [PAGES, FILES, SETS, RECORDS] = ["pages", "files", "sets", "records"].map((one) => `ocopgen ${SCOPE} ${one}`);
const PATIENCE = 4000; // milliseconds
const MOST_PAGES = 60;
const MOST_FILES = 400;
const NAMES = /[\w-]+-[0-9a-f]{12}\.\w+/g; // files whose names tell their content
const LASTING = /-[0-9a-f]{12}\.\w+$/;
const RECORD = /\/(records|numbers)(-\d+)?\.js$/; // what scripts know of all products, which changes at its address
const PAGE = /\/[^/.]*$|\.html$/;
const LEFT_ALONE = `${SCOPE}admin/`;
const HIDDEN = '<p class="kept" hidden>';

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(laidIn());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), cleared()]));
});

self.addEventListener("message", (event) => {
  const { seen, forget } = event.data;
  if (seen) event.waitUntil(keepSeen(seen.filter((url) => url.startsWith(SCOPE) && !url.startsWith(LEFT_ALONE))));
  if (forget) event.waitUntil(forgotten(forget).then(() => event.ports[0].postMessage("done")));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = bare(request.url);
  if (request.method !== "GET" || request.headers.has("range")) return;
  if (!url.startsWith(SCOPE) || url.startsWith(LEFT_ALONE)) return;
  if (LASTING.test(url)) {
    if (request.destination) event.respondWith(file(event, url)); // who fetches by script keeps by script
  } else if (RECORD.test(url)) event.respondWith(record(event, url));
  else if (request.mode === "navigate" && PAGE.test(url)) event.respondWith(page(event, url));
});

/** An address as pages are kept under: what a share or a jump adds to it is left out. */
function bare(url) {
  return url.replace(/[?#].*/, "").replace(/\/index\.html$/, "/");
}

function sound(answer) {
  return answer.status === 200 && answer.type === "basic" && !answer.redirected;
}

/** What is asked for anew of the server: a browser's own store may hold an old page without telling its day. */
function fresh(url) {
  return fetch(url, { cache: "no-cache", credentials: "same-origin", redirect: "manual" });
}

/** What a promise gives, or nothing where that takes too long. */
function soon(promise) {
  return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
}

// --- pages ---------------------------------------------------------------------------------------------------------

async function page(event, url) {
  const answer = fresh(event.request.url).then((one) => {
    event.waitUntil(noted(url, one.clone()));
    return one;
  });
  event.waitUntil(answer.catch(() => {})); // one that comes too late to be shown is still kept
  try {
    const first = await soon(answer);
    if (first && first.status < 500) return first;
    return (await copy(url)) || (await led(url)) || first || (await answer);
  } catch (fault) {
    return (await copy(url)) || (await led(url)) || missing();
  }
}

/** Records as the server has them, else as they were kept: the search and the filter then tell their day. */
async function record(event, url) {
  const records = await caches.open(RECORDS);
  const answer = fresh(url).then((one) => {
    if (sound(one)) event.waitUntil(put(records, url, one.clone()).then(() => beside(records, url)));
    return one;
  });
  event.waitUntil(answer.catch(() => {}));
  const before = await records.match(url, { ignoreVary: true });
  try {
    const first = await soon(answer);
    return first && (sound(first) || !before) ? first : before || (await answer);
  } catch (fault) {
    return before || Response.error();
  }
}

/** Who searched can filter without network too: the numbers of a file of records are kept with it. */
async function beside(records, url) {
  const numbers = url.replace(/records((-\d+)?\.js)$/, "numbers$1");
  if (numbers === url || (await records.match(numbers))) return;
  const answer = await fresh(numbers);
  if (sound(answer)) await put(records, numbers, answer);
}

/** Keep a page as the server gives it, if it can tell its day; or no longer, where there is none. */
async function noted(url, answer) {
  const pages = await caches.open(PAGES);
  if (answer.status === 404 || answer.status === 410) await pages.delete(url);
  if (!sound(answer) || !(await answer.clone().text()).includes(HIDDEN)) return;
  await put(pages, url, answer);
  await bounded();
}

async function kept(url) {
  return (await caches.open(PAGES)).match(url, { ignoreVary: true });
}

/** The kept copy of a page, with the line that tells its day. */
async function copy(url) {
  const found = await kept(url);
  if (!found) return undefined;
  const headers = new Headers(found.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response((await found.text()).replace(HIDDEN, '<p class="kept">'), { headers });
}

/** Where a short address leads, as a printed code carries it: to the page that is kept, in this phone's language. */
async function led(url) {
  const [folder, id] = url.slice(SCOPE.length).split("/");
  const found = [];
  for (const one of SHORT[folder] || []) {
    const at = SCOPE + one.replace("*", id);
    if (await kept(at)) found.push(at);
  }
  const primary = (lang) => lang.split("-")[0].toLowerCase();
  const lang = primary(navigator.language);
  const best = found.find((one) => primary(one.slice(SCOPE.length).split("/")[0]) === lang) || found[0];
  return best && Response.redirect(best);
}

/** The page for what was never seen, at the address of what was asked for; it lists the pages that are kept. */
async function missing() {
  const shell = await (await caches.open(FILES)).match(SCOPE + SHELL[0], { ignoreVary: true });
  if (!shell) return Response.error();
  const lists = await listed();
  const html = (await shell.text())
    .replace(/ (href|src)="\.\.\//g, (whole, name) => ` ${name}="${SCOPE}`)
    .replace(/<div class="kept-pages" lang="([\w-]+)" hidden>([^]*?)<ul><\/ul>/g, (whole, lang, words) =>
      lists[lang] ? `<div class="kept-pages" lang="${lang}">${words}<ul>${lists[lang].join("")}</ul>` : whole);
  return new Response(html, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
}

/** The kept pages as items of lists, by language: what was kept on request first, then what was seen last. */
async function listed() {
  const pages = await caches.open(PAGES);
  const heads = (await (await caches.open(SETS)).keys()).map((one) => one.url);
  const urls = (await pages.keys()).map((one) => one.url).reverse();
  const lists = {};
  for (const url of [...new Set([...heads, ...urls])].slice(0, MOST_PAGES)) {
    const found = await kept(url);
    const html = found ? await found.text() : "";
    const title = /<title>([^<]*)<\/title>/.exec(html); // as it stands in the page: nothing in it is markup
    const lang = url.slice(SCOPE.length).split("/")[0];
    if (title) (lists[lang] = lists[lang] || []).push(`<li><a href="${url}">${title[1].replace(/ · [^·]*$/, "")}</a></li>`);
  }
  return lists;
}

// --- files whose names tell their content ----------------------------------------------------------------------------

async function file(event, url) {
  const files = await caches.open(FILES);
  const found = await files.match(url, { ignoreVary: true });
  if (found) return found;
  const answer = fetch(event.request).then((one) => {
    if (sound(one)) event.waitUntil(put(files, url, one.clone()));
    return one;
  });
  try {
    return (await soon(answer)) || (await alike(event, files)) || (await answer);
  } catch (fault) {
    return (await alike(event, files)) || Response.error();
  }
}

let reading = {};

/** The same picture in another size or format, as the page that asks for it names them; the largest that is kept. */
async function alike(event, files) {
  const client = event.clientId && (await self.clients.get(event.clientId));
  if (!client) return undefined;
  const at = bare(client.url);
  if (!reading[at]) {
    reading[at] = kept(at).then((one) => (one ? one.text() : "")); // once for all pictures of a page
    setTimeout(() => (reading = {}), 1000);
  }
  const folder = event.request.url.replace(/[^/]*$/, "");
  const name = event.request.url.slice(folder.length);
  const pictures = (await reading[at]).split("</picture>").map((one) => one.split("<picture>").pop());
  const found = (pictures.find((one) => one.includes(name)) || "").match(NAMES) || [];
  const width = (one) => Number((/-(\d+)-\w+\.\w+$/.exec(one) || [])[1] || 0);
  for (const one of found.sort((one, other) => width(other) - width(one))) {
    const answer = await files.match(folder + one, { ignoreVary: true });
    if (answer) return answer;
  }
  return undefined;
}

// --- what is kept, and for how long --------------------------------------------------------------------------------

async function put(cache, url, answer) {
  try {
    await cache.put(url, answer);
  } catch (fault) {
    if (fault.name === "QuotaExceededError") await swept(MOST_PAGES / 2, MOST_FILES / 2);
  }
}

/** Lay in what is needed without network; a file that lies there is as it should be. */
async function laidIn() {
  const files = await caches.open(FILES);
  for (const one of SHELL) {
    const url = SCOPE + one;
    if (LASTING.test(url) && (await files.match(url, { ignoreVary: true }))) continue;
    const answer = await (LASTING.test(url) ? fetch(url) : fresh(url));
    if (!sound(answer)) throw new Error(url);
    await files.put(url, answer);
  }
}

/** Take away what a worker before this one kept under other names. */
async function cleared() {
  const known = (await caches.keys()).filter((one) => one.startsWith(`ocopgen ${SCOPE} `));
  await Promise.all(known.filter((one) => ![PAGES, FILES, SETS, RECORDS].includes(one)).map((one) => caches.delete(one)));
}

/** Keep the page that was open before there was a worker, with the files that it had loaded. */
async function keepSeen(urls) {
  const files = await caches.open(FILES);
  for (const one of new Set(urls.map(bare))) {
    const isFile = LASTING.test(one);
    if (isFile && (await files.match(one, { ignoreVary: true }))) continue;
    const answer = await (isFile ? fetch(one) : fresh(one)).catch(() => null);
    if (answer && !isFile) await noted(one, answer);
    else if (answer && sound(answer)) await put(files, one, answer);
  }
}

/** The pages of each set that is kept on request, by the address of its first page. */
async function sets() {
  const records = await caches.open(SETS);
  const found = new Map();
  for (const one of await records.keys()) found.set(one.url, (await (await records.match(one)).json()).pages);
  return found;
}

async function forgotten(head) {
  const before = await sets();
  await (await caches.open(SETS)).delete(head);
  const others = new Set([...before].filter(([one]) => one !== head).flatMap(([, pages]) => pages));
  const pages = await caches.open(PAGES);
  for (const one of before.get(head) || []) if (!others.has(one)) await pages.delete(one);
  await swept(MOST_PAGES, MOST_FILES);
}

/** Let the oldest go where there is more than there should be; not at every page, since that reads them all. */
async function bounded() {
  const asked = new Set([...(await sets()).values()].flat());
  const pages = (await (await caches.open(PAGES)).keys()).filter((one) => !asked.has(one.url));
  const files = await (await caches.open(FILES)).keys();
  if (pages.length > MOST_PAGES || files.length > MOST_FILES + 12 * asked.size) {
    await swept(MOST_PAGES * 0.75, MOST_FILES * 0.75);
  }
}

/** Of the pages that were seen, keep the newest; of the files, those that some page shows. */
async function swept(mostPages, mostFiles) {
  const pages = await caches.open(PAGES);
  const files = await caches.open(FILES);
  const asked = new Set([...(await sets()).values()].flat());
  const lying = new Map((await files.keys()).map((one) => [one.url.split("/").pop(), one]));
  const held = new Set(SHELL.map((one) => one.split("/").pop()));
  const shown = async (cache, request) => {
    const text = await (await cache.match(request, { ignoreVary: true })).text();
    return (text.match(NAMES) || []).filter((name) => lying.has(name));
  };
  const all = await pages.keys();
  for (const one of all) if (asked.has(one.url)) for (const name of await shown(pages, one)) held.add(name);
  const bound = held.size + mostFiles;
  let count = 0;
  for (const one of all.filter((page) => !asked.has(page.url)).reverse()) {
    if (count >= mostPages || held.size > bound) await pages.delete(one);
    else for (const name of await shown(pages, one)) held.add(name);
    count += 1;
  }
  const styles = [...held].filter((name) => name.endsWith(".css") && lying.has(name));
  for (const name of styles) for (const font of await shown(files, lying.get(name))) held.add(font);
  for (const [name, one] of lying) if (!held.has(name)) await files.delete(one);
}
