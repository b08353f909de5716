// Solve exercises, and run cells, on the page. Loaded with it; Python and the editor come when the reader first acts.
import { Cell, type Source } from "./cell.ts";
import { Gone, Grader, LIMITS, type Message } from "./grader.ts";
import { control, hold } from "./offline.ts";
import * as store from "./store.ts";
import { make, shown } from "./view.ts";
import { work } from "./work.ts";

export type Exercise = { cell: string; stub: string; solution: string; files: Record<string, string>; sets: string[] };
export type Program = { page: string; sets: string[]; cells: Source[]; exercises: Record<string, Exercise> };

const SECONDS = 30; // for a cell that is run
const here = new URL(".", import.meta.url);
const $$ = <E extends HTMLElement>(selector: string, within: ParentNode = document) => [...within.querySelectorAll<E>(selector)];

let speaking: HTMLElement | undefined; // the status line of what the reader did last
let printing: Cell | undefined;
let bar: HTMLElement | undefined;
const ran = new Map<string, string>();

const say = (text: string) => { if (speaking) speaking.textContent = text; };

export const grader = new Grader((hear) => {
  const worker = new Worker(new URL("worker.js", here), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<Message>) => hear(data);
  worker.onerror = (event) => hear({ kind: "failed", text: event.message || "the worker did not load" });
  return { post: (request) => worker.postMessage(request), end: () => worker.terminate() };
}, here.href, { loading, checking: (name) => say(`Checking: ${name.replace(/^test_/, "").replaceAll("_", " ")} …`), print: (text) => printing?.print(text) });

function loading(done: number, of: number): void {
  if (!bar) {
    const label = make("label", { class: "loading" }, "Loading Python, once: ", make("progress", { max: "100", value: "0" }));
    speaking?.after(label);
    bar = label;
    say("Loading Python …");
  }
  const progress = bar.querySelector("progress")!;
  progress.value = Math.max(progress.value, Math.floor((95 * done) / Math.max(of, 1)));
}

function loaded(sets: string[] = []): void {
  bar?.remove();
  bar = undefined;
  hold(sets);
}

const { promise: program, resolve: start } = Promise.withResolvers<Program>();
const cells = new Map<string, Cell>();
let started: Promise<void> | undefined;

/** What the first act brings: the page's program. */
function begin(): Promise<void> {
  return (started ??= (async () => {
    const address = document.documentElement.dataset["program"]!;
    const response = await fetch(new URL(address, store.root));
    if (!response.ok) throw new Error(`${address} did not load (${response.status})`);
    const found = (await response.json()) as Program;
    const owner = new Map(Object.entries(found.exercises).map(([id, { cell }]) => [cell, id]));
    for (const source of found.cells)
      if (document.getElementById(source.id)?.querySelector(".cell_input .highlight"))
        cells.set(source.id, new Cell(source, owner.get(source.id) ?? `${found.page}#${source.id}`, say));
    start(found);
    await control();
  })());
}

const sourceOf = (cell: Source) => cells.get(cell.id)?.text ?? cell.source;

/** Run a cell after those above it; on a page of exercises always from the beginning. */
async function run(cell: Cell): Promise<void> {
  const { cells: all, exercises, sets } = await program;
  const at = all.findIndex((each) => each.id === cell.source.id);
  const exercise = Object.values(exercises).find((each) => each.cell === cell.source.id);
  let fresh = exercise !== undefined || grader.fresh;
  const above = all.slice(0, at).filter((each) => fresh || ran.get(each.id) !== sourceOf(each));
  say("Running …");
  cell.begin();
  for (const each of [...above, cell.source]) {
    const text = sourceOf(each);
    printing = each.id === cell.source.id ? cell : undefined;
    const told = await grader.run(text, `<${each.name}>`, fresh, exercise?.sets ?? sets, SECONDS);
    if (fresh) ran.clear();
    ran.set(each.id, text);
    fresh = false;
    loaded(exercise?.sets ?? sets);
    if (printing) end(cell, told);
  }
}

function end(cell: Cell, told: string): void {
  if (!told.startsWith("{")) {
    if (told) cell.print(told);
    return say(told ? `It raised ${told.trim().split("\n").at(-1)}` : "It ran.");
  }
  const { ended, left } = JSON.parse(told) as { ended?: string; left?: number };
  grader.fresh = true;
  if (left !== undefined) say(`It ended the program itself (status ${left}).`);
  else say(ended === "TIMEOUT" ? `It was stopped after ${SECONDS} seconds.` : "It was stopped: it crashed, or printed more than a mebibyte.");
}

async function check(id: string, cell: Cell, result: HTMLElement): Promise<void> {
  const { cells: all, exercises } = await program;
  const { stub, files, sets } = exercises[id]!;
  say("Checking …");
  const job = {
    cells: all.map((each): [string, string] => [sourceOf(each), each.name]),
    tasks: [{ id, stub, files }], limits: LIMITS, seed: String(Math.random()), only: ["public"], skip_stubs: false, provider: "page",
  };
  const reply = await grader.judge(job, sets);
  loaded(sets);
  if (reply.error) return say(`It could not be checked: ${reply.error}`);
  result.replaceChildren(shown(id, reply.results[0], reply.said[0]));
  const { passed, headline } = reply.said[0];
  say(headline);
  if (passed) {
    store.note(id, { solved: cell.text });
    result.closest(".grader")!.querySelector("[data-do=solution]")!.textContent = "Show the solution";
    mark(id);
  }
}

async function solution(id: string, button: HTMLElement, place: HTMLElement): Promise<void> {
  const known = store.done(id);
  if (!known.solved && !known.asked && !button.dataset["sure"]) {
    button.dataset["sure"] = "yes";
    button.textContent = "Show it all the same";
    return say("You have not solved this one yet. Press the button again to see the solution all the same.");
  }
  const { exercises } = await program;
  const said = known.solved ? "One way to solve it; yours passed too." : "One way to solve it, shown on your request before you solved it.";
  place.replaceChildren(make("p", {}, said), make("pre", { tabindex: "0", "aria-label": "Solution" }, exercises[id]!.solution));
  if (!known.solved) store.note(id, { asked: true });
  button.hidden = true;
  say("The solution stands below.");
}

function mark(id: string): void {
  const known = store.done(id);
  const words = known.solved ? (known.asked ? "Solved here, after a look at the solution." : "Solved here.") : known.asked ? "You have seen the solution." : "";
  const place = document.querySelector<HTMLElement>(`.grader[data-exercise="${id}"] .state`);
  if (place) place.textContent = words;
}

/** Do something once everything for it is there; what goes wrong becomes a sentence. */
async function act(status: HTMLElement, work: () => Promise<void>): Promise<void> {
  speaking = status;
  document.documentElement.dataset["busy"] = "";
  try {
    await begin();
    await work();
  } catch (error) {
    const why = error instanceof Gone ? "Python was ended; your code is still here. Try again." : `It did not work: ${(error as Error).message}. Reload the page and try again.`;
    say(why);
  } finally {
    bar?.remove();
    bar = undefined;
    delete document.documentElement.dataset["busy"];
  }
}

function exercises(): void {
  for (const place of $$(".grader")) {
    const [id, cellId] = [place.dataset["exercise"]!, place.dataset["cell"]!];
    const status = place.querySelector<HTMLElement>("[role=status]")!;
    const [result, answer] = [place.querySelector<HTMLElement>(".result")!, place.querySelector<HTMLElement>(".solution")!];
    const by = (cell: Cell, what: "run" | "check") => void act(status, () => (what === "run" ? run(cell) : check(id, cell, result)));
    const does: Record<string, (cell: Cell, button: HTMLElement) => Promise<void>> = {
      edit: (cell) => cell.edit(by, true),
      run: (cell) => run(cell),
      check: (cell) => check(id, cell, result),
      reset: async (cell) => { cell.reset(); result.replaceChildren(); say("The stub is back."); },
      solution: (_, button) => solution(id, button, answer),
    };
    for (const button of $$<HTMLButtonElement>("button", place))
      button.addEventListener("click", () => {
        if (button.dataset["do"] === "stop") return grader.stop();
        void act(status, async () => {
          const cell = cells.get(cellId)!;
          if (button.dataset["do"] !== "edit") void cell.edit(by, false);
          await does[button.dataset["do"]!]!(cell, button);
        });
      });
    document.getElementById(cellId)!.querySelector("pre")!.addEventListener("click", () => void act(status, async () => cells.get(cellId)!.edit(by, true)));
    mark(id);
    if (store.code(id) !== null) void begin();
  }
}

/** A topic's cells get a button each; what it opens stands below the cell. */
function topic(): void {
  for (const element of $$(".cell[id]")) {
    const frame = element.querySelector<HTMLElement>(".cell_input .highlight");
    if (!frame || element.nextElementSibling?.matches(".grader") || element.matches(".tag_check")) continue;
    const open = make("button", { type: "button", class: "copy open-cell" }, "Edit and run");
    const status = make("p", { role: "status" });
    open.addEventListener("click", () => {
      const tools = make("div", { class: "tools" });
      const by = (cell: Cell) => void act(status, () => run(cell));
      const add = (label: string, work: (cell: Cell) => Promise<void>) => {
        const button = make("button", { type: "button" }, label);
        button.addEventListener("click", () => void act(status, () => work(cells.get(element.id)!)));
        tools.append(button);
      };
      add("Run", run);
      add("Reset", async (cell) => { cell.reset(); say("The cell is as it was."); });
      const stop = make("button", { type: "button", class: "stop" }, "Stop");
      stop.addEventListener("click", () => grader.stop());
      tools.append(stop);
      element.after(make("div", { class: "grader open" }, tools, status));
      open.remove();
      void act(status, async () => { await cells.get(element.id)!.edit(by, true); say("Cells above run first, once each. Shift-Enter runs this one."); });
    });
    frame.append(open);
  }
}

exercises();
if (document.documentElement.dataset["program"]) topic();
work({ program, begin, cells, erased: () => location.reload() });
