// Build the runtime that the page loads: `node build.mjs FOLDER KEY CACHE` with {"archive": {key, files: {"name in it": "file"}}}
// on standard input; an archive that CACHE holds under its key is not made again.
import { build } from "esbuild";
import { loadPyodide } from "pyodide";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";

const [folder, key, cache] = process.argv.slice(2);
const here = (name) => new URL(name, import.meta.url).pathname;
const archives = JSON.parse(await text(process.stdin));
await mkdir(folder, { recursive: true });

const PYODIDE = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"];
await Promise.all(PYODIDE.map((name) => copyFile(here(`node_modules/pyodide/${name}`), `${folder}/${name}`)));
const { info } = JSON.parse(await readFile(here("node_modules/pyodide/pyodide-lock.json"), "utf8"));
await writeFile(`${folder}/pyodide-lock.json`, JSON.stringify({ info, packages: {} })); // packages come from our archives

let python;
async function packer() {
  if (!python) {
    python = await loadPyodide();
    python.FS.writeFile("pack.py", await readFile(here("python/pack.py")));
  }
  return python.pyimport("pack");
}

async function pack(files) {
  const read = await Promise.all(Object.entries(files).map(async ([name, file]) => [name, new Uint8Array(await readFile(file))]));
  const made = await packer();
  return made.packed(python.toPy(new Map(read))).toJs();
}

async function repack() {
  const standard = new Uint8Array(await readFile(here("node_modules/pyodide/python_stdlib.zip")));
  const made = await packer();
  return made.repacked(python.toPy(standard)).toJs();
}

for (const [name, { key, files }] of Object.entries(archives)) {
  const held = `${cache}/${name}-${key}.zip`;
  if (!existsSync(held)) await writeFile(held, await (name === "stdlib" ? repack() : pack(files)));
  await copyFile(held, `${folder}/${name}.zip`);
}

const common = { absWorkingDir: here("."), outdir: folder, bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", logLevel: "warning" };
await build({ ...common, entryPoints: { node: "src/node.ts" }, platform: "node", outExtension: { ".js": ".mjs" } });
await build({ ...common, entryPoints: { worker: "src/worker.ts" } });
await build({ ...common, entryPoints: { page: "src/page.ts" }, splitting: true, chunkNames: "[name]-[hash]" });
await build({ ...common, entryPoints: { sw: "src/sw.ts" }, format: "iife", define: { RUNTIME: JSON.stringify(key) } });

const names = ["pyodide.asm.mjs", "pyodide.asm.wasm", ...Object.keys(archives).map((name) => `${name}.zip`)];
const sizes = await Promise.all(names.map(async (name) => [name, (await stat(`${folder}/${name}`)).size]));
await writeFile(`${folder}/sizes.json`, JSON.stringify(Object.fromEntries(sizes)));
