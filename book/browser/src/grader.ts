// Supervises a worker: one request at a time, ended from outside when the answer can no longer be interrupted.
import type { Ending } from "./engine.ts";

export type Task = { id: string; stub: string; files: Record<string, string> };
export type Job = {
  cells: [source: string, name: string][];
  tasks: Task[];
  limits: { time?: number; memory?: number; pace?: number };
  seed: string;
  only: string[];
  skip_stubs: boolean;
  provider: string;
};
export type Request =
  | { kind: "start"; folder: string; sets: string[] }
  | { kind: "judge"; job: string }
  | { kind: "run"; source: string; name: string; seconds: number; fresh: boolean };
export type Message =
  | { kind: "loading"; done: number; of: number }
  | { kind: "alive"; seconds: number }
  | { kind: "checking"; name: string }
  | { kind: "forked" }
  | { kind: "print"; text: string }
  | { kind: "reply"; text: string; heap: number }
  | { kind: "failed"; text: string };
/** A Web Worker, or Node's. */
export type Port = { post(request: Request): void; end(): void };
export type Spawn = (hear: (message: Message) => void) => Port;
export type Listener = { loading(done: number, of: number): void; print(text: string): void; checking(name: string): void };

/** Python is about five times slower here, and time limits leave room for a part of that; a reader waits in front of it. */
export const LIMITS = { time: 2, memory: 512, pace: 3 };
const LOADING = 300; // seconds until a runtime that does not load is given up
const GRACE = 3; // seconds after a time limit in which the answer can still be interrupted politely
const MOST_ENDED = 3;
const LARGE = 256; // MiB after which an interpreter is not used again

/** Thrown where the worker was ended. */
export class Gone extends Error {
  /** `check`: the one that ran, "*" for the cells before it, nothing where there was none. */
  constructor(readonly ending: Ending, readonly check: string) {
    super(`ended: ${ending}`);
  }
}

export class Grader {
  private port: Port | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private hear: ((message: Message) => void) | undefined;
  private sets = new Set<string>();
  /** Whether the namespace in which cells run is new. */
  fresh = true;

  constructor(private readonly spawn: Spawn, private readonly folder: string, private readonly listener: Listener) {}

  /** Judge a job; checks that had to be ended count as such, and the others go on. */
  judge(job: Job, sets: string[] = []): Promise<any> {
    return this.next(async () => {
      const given_up: Record<string, Ending> = {};
      for (;;) {
        try {
          const text = await this.ask({ kind: "judge", job: JSON.stringify({ ...job, given_up }) }, sets);
          this.fresh = true;
          return JSON.parse(text);
        } catch (error) {
          if (!(error instanceof Gone) || !error.check || Object.keys(given_up).length > MOST_ENDED) throw error;
          given_up[error.check] = error.ending;
        }
      }
    });
  }

  /** Run a cell in the namespace of those before it; return its traceback. `fresh` begins a new one. */
  run(source: string, name: string, fresh: boolean, sets: string[] = [], seconds = 30): Promise<string> {
    return this.next(async () => {
      const again = fresh || this.fresh;
      this.fresh = false;
      return this.ask({ kind: "run", source, name, seconds, fresh: again }, sets);
    });
  }

  /** End whatever runs. */
  stop(): void {
    this.hear?.({ kind: "failed", text: "stopped" });
    this.end();
  }

  private next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return result;
  }

  private end(): void {
    this.port?.end();
    this.port = undefined;
    this.fresh = true;
  }

  private async ask(request: Request, sets: string[]): Promise<string> {
    if (this.port && sets.some((set) => !this.sets.has(set))) this.end();
    if (!this.port) {
      sets.forEach((set) => this.sets.add(set));
      this.port = this.spawn((message) => this.hear?.(message));
      await this.send({ kind: "start", folder: this.folder, sets: [...this.sets] }, LOADING);
    }
    return this.send(request, request.kind === "run" ? request.seconds : 60);
  }

  private send(request: Request, seconds: number): Promise<string> {
    return new Promise((resolve, reject) => {
      let [check, cells] = ["", false];
      let timer: ReturnType<typeof setTimeout>;
      const arm = (left: number) => {
        clearTimeout(timer);
        timer = setTimeout(() => finish(() => { this.end(); reject(new Gone("TIMEOUT", cells ? "*" : check)); }), (left + GRACE) * 1000);
      };
      const finish = (then: () => void) => {
        clearTimeout(timer);
        this.hear = undefined;
        then();
      };
      this.hear = (message) => {
        if (message.kind === "loading") this.listener.loading(message.done, message.of);
        if (message.kind === "print") this.listener.print(message.text);
        if (message.kind === "checking") {
          [check, cells] = [message.name, true];
          this.listener.checking(check);
        }
        if (message.kind === "forked") cells = false;
        if (message.kind === "alive") arm(message.seconds);
        if (message.kind === "failed")
          finish(() => { this.end(); reject(request.kind === "start" ? new Error(message.text) : new Gone("CRASH", cells ? "*" : check)); });
        if (message.kind === "reply")
          finish(() => { if (message.heap > LARGE && request.kind === "judge") this.end(); resolve(message.text); });
      };
      arm(seconds);
      this.port!.post(request);
    });
  }
}
