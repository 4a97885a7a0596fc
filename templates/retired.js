// What stands in the worker's place where the site is not to be kept on phones: it takes away what the worker kept,
// and then itself.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(retired()));

async function retired() {
  const { registration } = self;
  const kept = (await caches.keys()).filter((one) => one.startsWith(`ocopgen ${registration.scope} `));
  await Promise.all(kept.map((one) => caches.delete(one)));
  await registration.unregister();
}
