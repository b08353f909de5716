// Start both interpreters from the files of one runtime folder.
import type { loadPyodide as Load, PyodideAPI } from "pyodide";
import { Answerer, Judge, type Watcher } from "./engine.ts";

export type Runtime = { judge: Judge; answerer: Answerer };
/** `folder` ends in a slash; `read` gives a file of it. */
export type Files = { folder: string; loadPyodide: typeof Load; read(name: string): Promise<Uint8Array> };

// The same in both interpreters as in the sandbox of the command line, so that verdicts agree.
const ENVIRONMENT = { HOME: "/home/pyodide", LANG: "C.UTF-8", PYTHONTZPATH: "", PYTHONHASHSEED: "0", PYTHONDONTWRITEBYTECODE: "1" };
/** Sets of packages beyond the usual: what an answer imports is imported once, before it is forked. */
const PREPARED: Record<string, string> = { web: "fastapi pydantic httpx" };

// Both interpreters are instances of one module: it is compiled once.
const modules = new Map<number | "streamed", Promise<WebAssembly.Module>>();
let newest: WebAssembly.Instance;

async function instance(key: number | "streamed", compile: () => Promise<WebAssembly.Module>, imports: WebAssembly.Imports) {
  const compiled = modules.get(key) ?? compile();
  modules.set(key, compiled);
  const module = await compiled;
  newest = await instantiate(module, imports);
  return { module, instance: newest };
}

const instantiate = WebAssembly.instantiate as (module: WebAssembly.Module, imports?: WebAssembly.Imports) => Promise<WebAssembly.Instance>;
const whole = (source: unknown): source is Uint8Array<ArrayBuffer> => source instanceof Uint8Array && source.byteLength > 1 << 20;
WebAssembly.instantiate = ((source: WebAssembly.Module | Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports) =>
  whole(source) ? instance(source.byteLength, () => WebAssembly.compile(source), imports) : instantiate(source as WebAssembly.Module, imports)) as typeof WebAssembly.instantiate;
WebAssembly.instantiateStreaming = ((source: PromiseLike<Response>, imports: WebAssembly.Imports) =>
  instance("streamed", () => WebAssembly.compileStreaming(source), imports)) as typeof WebAssembly.instantiateStreaming;

/** Put archives where an interpreter finds them; what has compiled parts is unpacked. */
async function add(python: PyodideAPI, files: Files, archives: string[]): Promise<PyodideAPI> {
  for (const name of archives) {
    const zip = await files.read(`${name}.zip`);
    if (name in PREPARED) python.unpackArchive(zip.slice().buffer, "zip", { extractDir: "/lib/packages" });
    else python.FS.writeFile(`/lib/${name}.zip`, zip);
  }
  const paths = ["/lib/packages", ...archives.map((name) => `/lib/${name}.zip`)];
  python.runPython(`import sys; sys.path += ${JSON.stringify(paths)}`);
  return python;
}

/** Start the runtime for some sets of packages beyond the usual: "hypothesis", "web". */
export async function start(files: Files, sets: string[], watcher: Watcher): Promise<Runtime> {
  const common = { indexURL: files.folder, stdLibURL: `${files.folder}stdlib.zip`, env: ENVIRONMENT, checkAPIVersion: false };
  const load = (more: object) => files.loadPyodide({ ...common, ...more } as Parameters<typeof Load>[0]);
  const [inner, outer] = [["answer", "zones", ...sets.filter((set) => set in PREPARED)], ["judge", "zones", ...sets]];
  void Promise.allSettled([...new Set([...inner, ...outer])].map((name) => files.read(`${name}.zip`))); // all at once
  const first = await load({ _makeSnapshot: true });
  const memory = newest.exports["memory"] as WebAssembly.Memory;
  // The second begins where the first is now, which takes a third of the time.
  const second = await load({ _loadSnapshot: first.makeMemorySnapshot() });
  const prepared = sets.map((set) => PREPARED[set] ?? "").join(" ");
  const answerer = new Answerer(await add(first, files, inner), memory, watcher, prepared);
  return { answerer, judge: new Judge(await add(second, files, outer), answerer, watcher) };
}
