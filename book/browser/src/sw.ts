// Keeps what was visited: the runtime, whose address changes with its content, and pages for when there is no network.
declare const RUNTIME: string; // its folder's name, put in by the build

const worker = self as unknown as ServiceWorkerGlobalScope;
const PAGES = "course pages";
const HELD = `course runtime ${RUNTIME}`;
const isRuntime = (url: string) => url.includes("/_runtime/");

worker.addEventListener("activate", (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name.startsWith("course runtime ") && name !== HELD) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(old());
});

async function answer(request: Request, until: (work: Promise<unknown>) => void): Promise<Response> {
  const cache = await caches.open(isRuntime(request.url) ? HELD : PAGES);
  const held = await cache.match(request, { ignoreSearch: true });
  if (held && isRuntime(request.url)) return held;
  try {
    const response = await fetch(request);
    if (response.status === 200) until(cache.put(request, response.clone()));
    return response;
  } catch (error) {
    if (held) return held;
    throw error;
  }
}

worker.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(worker.registration.scope))
    event.respondWith(answer(event.request, (work) => event.waitUntil(work)));
});

// A page names what it was loaded with, also before this worker was there.
worker.addEventListener("message", (event) => {
  const urls = (event.data as string[]).filter((url) => url.startsWith(worker.registration.scope));
  const kept: Promise<unknown>[] = [];
  event.waitUntil(Promise.allSettled(urls.map((url) => answer(new Request(url), (work) => kept.push(work)))).then(() => Promise.allSettled(kept)));
});
