// Let the page work without a network from now on.
import { root } from "./store.ts";

const SOON = 1_000; // milliseconds that the first act waits for the service worker, so that Python comes through it
const RUNTIME = [
  "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "sizes.json", "worker.js",
  "stdlib.zip", "judge.zip", "answer.zip", "zones.zip",
];
let held = false;

/** Register the service worker and wait until it is in control, or not much longer. */
export async function control(): Promise<void> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined; // none without a secure address
  if (!workers || workers.controller) return;
  const controlled = new Promise<void>((resolve) => workers.addEventListener("controllerchange", () => resolve(), { once: true }));
  const refused = workers.register(new URL("sw.js", root)).then(() => new Promise<never>(() => undefined), () => undefined);
  await Promise.race([controlled, refused, new Promise((resolve) => setTimeout(resolve, SOON))]);
}

/** Name what this page was loaded with, and what Python was: the service worker keeps what it does not hold yet. */
export function hold(sets: string[]): void {
  if (held || !navigator.serviceWorker) return;
  held = true;
  const here = performance.getEntriesByType("resource").map(({ name }) => name);
  const runtime = [...RUNTIME, ...sets.map((set) => `${set}.zip`)].map((name) => new URL(name, import.meta.url).href);
  void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage([location.href.split("#")[0], ...here, ...runtime]));
}
