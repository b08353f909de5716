// Let the page work without a network from now on.
import { root } from "./store.ts";

let asked = false;

/** Register the service worker and name what this page holds already, and what Python will need. */
export function keepOffline(): void {
  if (asked || !navigator.serviceWorker) return;
  asked = true;
  void (async () => {
    await navigator.serviceWorker.register(new URL("sw.js", root));
    const { active } = await navigator.serviceWorker.ready;
    const here = performance.getEntriesByType("resource").map(({ name }) => name);
    active!.postMessage([location.href.split("#")[0], ...here]);
  })().catch(() => undefined); // no offline use then, and nothing else is lost
}
