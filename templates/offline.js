// The script of pages: it registers the worker that keeps them on this phone, and keeps a whole list of products with
// their pages where somebody asks for it. Without a worker, as from a disk, it does nothing.

(() => {
  const worker = navigator.serviceWorker;
  if (!worker || !location.protocol.startsWith("http")) return;
  const root = new URL("../", document.currentScript.src).href;
  const [PAGES, FILES, SETS] = ["pages", "files", "sets"].map((one) => `ocopgen ${root} ${one}`);
  const here = location.href.replace(/[?#].*/, "").replace(/\/index\.html$/, "/");

  const first = !worker.controller;
  addEventListener("load", () => worker.register(`${root}sw.js`).catch(() => {}));
  worker.ready.then((registration) => {
    // What was loaded before there was a worker, it has not seen.
    const loaded = performance.getEntriesByType("resource").map((one) => one.name);
    if (first) registration.active.postMessage({ seen: [here, ...loaded] });
    const box = document.querySelector(".keep");
    if (box && document.querySelector(".card-name")) offered(box);
  });

  // --- a list, kept on request -------------------------------------------------------------------------------------

  async function offered(box) {
    const [keep, drop] = box.querySelectorAll("button");
    const status = box.querySelector("[role=status]");
    const say = (words, names) => {
      status.textContent = words.replace(/\{(\w+)\}/g, (_, name) => names[name]);
    };
    const megabytes = (bytes) =>
      Math.max(0.1, bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    const stored = async () => {
      const found = await (await caches.open(SETS)).match(here);
      return found ? found.json() : null;
    };
    const shown = async () => {
      const kept = await stored();
      const whole = kept && kept.bytes;
      drop.hidden = !kept;
      keep.textContent = whole ? box.dataset.again : box.dataset.keep;
      if (whole) say(box.dataset.done, { n: kept.pages.length, size: megabytes(kept.bytes), day: kept.day });
    };
    const forget = async () => {
      const { active } = await worker.ready;
      const { port1, port2 } = new MessageChannel();
      await new Promise((done) => {
        port1.onmessage = done;
        active.postMessage({ forget: here }, [port2]);
      });
    };
    const after = async (work) => {
      keep.disabled = drop.disabled = true;
      const told = await work();
      await shown();
      if (told) say(...told);
      keep.disabled = drop.disabled = false;
    };

    keep.onclick = () => after(async () => {
      const before = await stored();
      try {
        const missed = await taken(box.dataset.day, (n, all) => say(box.dataset.doing, { n, all }));
        return missed && [box.dataset.some, { n: missed }];
      } catch (fault) {
        if (!before) await forget(); // what was kept before stays, as far as it is there
        return [box.dataset.full];
      }
    });
    drop.onclick = () => after(async () => {
      await forget();
      return [box.dataset.gone];
    });
    await shown();
    box.hidden = false;
  }

  /** Keep the list and all that it leads to; gives how many pages could not be had. Throws where there is no room. */
  async function taken(day, tell) {
    const [pages, files, sets] = await Promise.all([PAGES, FILES, SETS].map((one) => caches.open(one)));
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
    const seen = new Set();
    let bytes = 0;
    let missed = 0;

    const had = async (cache, url, anew) => {
      let answer = anew ? null : await cache.match(url, { ignoreVary: true });
      if (!answer) {
        answer = await fetch(url, anew ? { cache: "no-cache" } : {});
        if (!answer.ok || answer.redirected) throw new Error(url);
        await cache.put(url, answer.clone());
      }
      const blob = await answer.blob();
      if (!seen.has(url)) bytes += blob.size;
      seen.add(url);
      return blob;
    };
    const page = async (url) => {
      try {
        const html = await new Response(await had(pages, url, true)).text();
        const read = new DOMParser().parseFromString(html, "text/html");
        await Promise.all([...pictures(read, url)].map((one) => had(files, one)));
        return read;
      } catch (fault) {
        if (fault.name === "QuotaExceededError") throw fault;
        missed += 1;
        return null;
      }
    };

    const all = new Set();
    const products = new Set();
    for (let next = here; next; ) {
      all.add(next);
      const read = await page(next);
      const at = next;
      const whole = (link) => new URL(link.getAttribute("href"), at).href;
      if (!read) return missed;
      for (const link of read.querySelectorAll(".card-name a")) products.add(whole(link));
      const following = read.querySelector("a[rel=next]");
      next = following && whole(following);
    }
    for (const one of products) all.add(one);
    const set = { pages: [...all], day };
    const noted = () => sets.put(here, new Response(JSON.stringify(set)));
    await noted(); // from now on they are not let go with what was only seen

    const queue = [...products];
    tell(all.size - queue.length, all.size);
    const one = async () => {
      while (queue.length) {
        await page(queue.shift());
        if (queue.length % 5 === 0) tell(all.size - queue.length, all.size);
      }
    };
    await Promise.all([one(), one(), one(), one()]);
    if (!missed) {
      set.bytes = bytes;
      await noted();
    }
    return missed;
  }

  /** One rendition of each picture of a page, in the best format that this browser was seen to take. */
  function pictures(read, url) {
    const kinds = ["avif", "webp", "jpg"];
    const taken = [...document.images].map((one) => kinds.findIndex((kind) => one.currentSrc.endsWith(kind)));
    const best = Math.min(2, ...taken.filter((one) => one >= 0));
    const found = new Map();
    for (const image of read.querySelectorAll("main img")) {
      const isCard = image.closest(".card, .thumbs");
      const sources = image.parentNode.tagName === "PICTURE" ? [...image.parentNode.querySelectorAll("source")] : [];
      const source = sources.find((one) => kinds.slice(best).some((kind) => one.srcset.split(" ")[0].endsWith(kind)));
      const files = source ? source.srcset.split(", ").map((one) => one.split(" ")) : [[image.getAttribute("src")]];
      const wide = files.find((one) => parseInt(one[1], 10) >= (isCard ? 400 : 800)) || files[files.length - 1];
      const which = image.getAttribute("src");
      if (!isCard || !found.has(which)) found.set(which, new URL(wide[0], url).href);
    }
    return found.values();
  }
})();
