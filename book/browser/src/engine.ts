// Two interpreters in one worker: the judge's, and the answer's, which is forked and started anew by copying its memory.
import type { PyodideAPI } from "pyodide";

export type Ending = "TIMEOUT" | "MEMORY" | "OUTPUT_LIMIT" | "CRASH";
export type Watcher = { checking(name: string): void; forked(): void; print(text: string): void; asking(seconds: number): void };
type Ask = (text: string) => string;
type Module = { HEAPU8: Uint8Array; stackSave(): number; stackRestore(at: number): void };
type Image = { memory: Uint8Array; stack: number };

const PAGE = 65_536;
const MIB = 1 << 20;
const AGAIN = 200; // milliseconds after which an answer that ignored its time limit is interrupted once more
const MOST_PRINTED = MIB;
const caps = new WeakMap<WebAssembly.Memory, { most: number; refused: boolean }>();

// An interpreter asks for more memory here, and a refusal becomes a MemoryError.
const grow = WebAssembly.Memory.prototype.grow;
WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
  const cap = caps.get(this);
  if (cap && this.buffer.byteLength + pages * PAGE > cap.most) {
    cap.refused = true;
    throw new RangeError("memory limit");
  }
  return grow.call(this, pages);
};

/** The answer's interpreter. */
export class Answerer {
  private readonly module: Module;
  private readonly serve: (text: string) => string;
  private readonly runCell: (source: string, name: string) => string;
  private readonly pristine: Image;
  private stage: Image | undefined;
  private depth = 0;
  private deadline = Infinity;
  private interrupted = 0;
  private status: number | undefined;
  private printed = 0;
  private asks: Ask[] = [];
  private readonly cap = { most: Infinity, refused: false };

  constructor(
    python: PyodideAPI,
    memory: WebAssembly.Memory,
    private readonly watcher: Watcher,
    packages: string,
  ) {
    this.module = (python as unknown as { _module: Module })._module;
    caps.set(memory, this.cap);
    python.registerJsModule("outside", {
      ask: (text: string) => this.ask(text),
      left: (status: number) => { this.status = status; },
      print: (text: string) => this.print(text),
    });
    const answering = python.pyimport("answering");
    answering.prepare(packages);
    this.serve = answering.serve;
    this.runCell = answering.run;
    python.setStdout({ batched: (text) => this.print(`${text}\n`) });
    python.setStderr({ batched: (text) => this.print(`${text}\n`) });
    // The interpreter looks here every few instructions: 2 is an interrupt.
    const limit = this;
    const signals = { get 0() { return limit.late() ? 2 : 0; }, set 0(_: number) {} };
    python.setInterruptBuffer(signals as unknown as Uint8Array);
    this.pristine = this.image();
  }

  /** Begin a program: everything that an earlier one did is undone. */
  start(memory: number): void {
    if (this.depth) throw new Error("the answer is still running");
    this.cap.most = memory * MIB;
    this.put(this.pristine);
    this.stage = undefined;
  }

  /** Answer one request within some seconds; a reply of ours says why there is none. */
  exchange(text: string, seconds: number, ask: Ask): string {
    const { deadline, interrupted } = this;
    this.deadline = Math.min(deadline, performance.now() + seconds * 1000);
    [this.interrupted, this.status] = [0, undefined];
    this.watcher.asking(seconds);
    this.asks.push(ask);
    if (!this.stage) this.printed = 0;
    try {
      return this.call(() => this.serve(text));
    } finally {
      this.asks.pop();
      [this.deadline, this.interrupted] = [deadline, interrupted];
    }
  }

  /** Keep the program as it is for the checks that follow. */
  fork(): void {
    this.stage ??= this.image();
  }

  /** Undo what a check did. */
  end(): void {
    if (this.stage && !this.depth) this.put(this.stage);
  }

  /** Run a cell for its reader; return its traceback. The namespace stays until `start`. */
  run(source: string, name: string, seconds: number): string {
    this.watcher.asking(seconds);
    this.deadline = performance.now() + seconds * 1000;
    [this.interrupted, this.printed, this.status] = [0, 0, undefined];
    const told = this.call(() => this.runCell(source, name));
    this.deadline = Infinity;
    return told;
  }

  /** MiB that the interpreter holds. */
  get heap(): number {
    return this.module.HEAPU8.length / MIB;
  }

  private call(request: () => string): string {
    this.depth++;
    this.cap.refused = false;
    const stack = this.module.stackSave();
    let reply = "";
    try {
      reply = request();
    } catch {
      this.module.stackRestore(stack);
      if (!this.interrupted && this.status === undefined) return JSON.stringify({ ended: "CRASH" });
    } finally {
      this.depth--;
    }
    if (this.status !== undefined) return JSON.stringify({ left: this.status });
    if (this.cap.refused) return JSON.stringify({ ended: "MEMORY" });
    if (this.interrupted) return JSON.stringify({ ended: "TIMEOUT" });
    if (this.printed > MOST_PRINTED) return JSON.stringify({ ended: "OUTPUT_LIMIT" });
    return reply;
  }

  private ask(text: string): string {
    const left = this.deadline - performance.now();
    this.deadline = Infinity;
    try {
      return this.asks.at(-1)!(text);
    } finally {
      this.deadline = performance.now() + left;
    }
  }

  private late(): boolean {
    const now = performance.now();
    if (now < this.deadline || now < this.interrupted + AGAIN) return false;
    this.interrupted = now;
    return true;
  }

  private print(text: string): void {
    if (this.printed < MOST_PRINTED) this.watcher.print(text.slice(0, MOST_PRINTED - this.printed));
    this.printed += text.length;
  }

  private image(): Image {
    return { memory: this.module.HEAPU8.slice(), stack: this.module.stackSave() };
  }

  private put(image: Image): void {
    this.module.HEAPU8.set(image.memory);
    this.module.HEAPU8.fill(0, image.memory.length);
    this.module.stackRestore(image.stack);
  }
}

/** The judge's interpreter. */
export class Judge {
  private readonly serve: (text: string) => string;
  readonly plain: (source: string) => string;

  constructor(python: PyodideAPI, answerer: Answerer, watcher: Watcher) {
    python.registerJsModule("outside", {
      start: (memory: number) => answerer.start(memory),
      exchange: (text: string, seconds: number, ask: Ask) => answerer.exchange(text, seconds, ask),
      fork: () => { answerer.fork(); watcher.forked(); },
      end: () => answerer.end(),
      checking: (name: string) => watcher.checking(name),
    });
    const judging = python.pyimport("judging");
    this.serve = judging.serve;
    this.plain = judging.plain;
  }

  /** Judge a job of JSON and return results of JSON, as course.judge does. */
  judge(job: string): string {
    return this.serve(job);
  }
}
