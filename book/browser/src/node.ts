// The page's grader without a page: a job a line on standard input, a reply a line on standard output, as course.judge.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { start } from "./load.ts";

// Node would print the line it came from, which is the whole of Pyodide.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

const [folder, ...sets] = process.argv.slice(2) as [string, ...string[]];
const { loadPyodide } = await import(`${folder}pyodide.mjs`);
const read = async (name: string) => new Uint8Array(await readFile(folder + name));
const { judge } = await start({ folder, loadPyodide, read }, sets, { checking() {}, print() {} });
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${judge.judge(line)}\n`);
}
