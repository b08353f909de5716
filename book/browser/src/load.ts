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

async function python(files: Files, archives: string[]): Promise<PyodideAPI> {
  const [made, ...zips] = await Promise.all([
    files.loadPyodide({ indexURL: files.folder, stdLibURL: `${files.folder}stdlib.zip`, env: ENVIRONMENT, checkAPIVersion: false } as Parameters<typeof Load>[0]),
    ...archives.map((name) => files.read(`${name}.zip`)),
  ]);
  archives.forEach((name, at) => {
    if (name.startsWith("web")) made.unpackArchive(zips[at]!.slice().buffer, "zip", { extractDir: "/lib/packages" });
    else made.FS.writeFile(`/lib/${name}.zip`, zips[at]!);
  });
  const paths = ["/lib/packages", ...archives.map((name) => `/lib/${name}.zip`)];
  made.runPython(`import sys; sys.path += ${JSON.stringify(paths)}`);
  return made;
}

/** Start the runtime for some sets of packages: "" for the usual one, "hypothesis", "web". */
export async function start(files: Files, sets: string[], watcher: Watcher): Promise<Runtime> {
  const inside = await python(files, ["answer", "zones", ...sets.filter((set) => set in PREPARED)]);
  const memory = newest.exports["memory"] as WebAssembly.Memory;
  const outside = python(files, ["judge", "zones", ...sets]);
  const answerer = new Answerer(inside, memory, watcher, sets.map((set) => PREPARED[set] ?? "").join(" "));
  return { answerer, judge: new Judge(await outside, answerer, watcher) };
}
