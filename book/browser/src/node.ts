// The page's grader without a page: a job a line on standard input, a reply a line on standard output, as course.judge.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { Grader, type Message, type Request } from "./grader.ts";
import { server } from "./serve.ts";

// Node would print the line that an error came from, which is the whole of Pyodide.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

if (isMainThread) {
  const [folder, ...sets] = process.argv.slice(2) as [string, ...string[]];
  const listener = { loading() {}, checking() {}, print() {} };
  const grader = new Grader((hear) => {
    const worker = new Worker(new URL(import.meta.url));
    worker.on("message", hear);
    worker.on("error", (error: Error) => hear({ kind: "failed", text: error.message }));
    return { post: (request) => worker.postMessage(request), end: () => void worker.terminate() };
  }, folder, listener);
  for await (const line of createInterface({ input: process.stdin })) {
    const reply = await grader.judge(JSON.parse(line), sets).catch((error: Error) => ({ error: error.message }));
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
  process.exit();
} else {
  const post = (message: Message) => parentPort!.postMessage(message);
  const answer = server(async (folder) => ({
    folder,
    loadPyodide: (await import(`${folder}pyodide.mjs`)).loadPyodide,
    read: async (name) => new Uint8Array(await readFile(folder + name)),
  }), post);
  parentPort!.on("message", (request: Request) => void answer(request));
}
