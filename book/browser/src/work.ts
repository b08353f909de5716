// The reader's work as a whole: download, load, erase, and the picture of what is solved.
import type { Cell } from "./cell.ts";
import type { Program } from "./page.ts";
import * as store from "./store.ts";

type Page = { program: Promise<Program>; begin(): Promise<void>; cells: Map<string, Cell>; erased(): void };

/** Give the buttons of the page's last section their work, and colour the seats of the front page. */
export function work(page: Page): void {
  for (const seat of document.querySelectorAll<HTMLElement>(".seats [data-exercise]"))
    if (store.done(seat.dataset["exercise"]!).solved) seat.dataset["solved"] = "";
  for (const row of document.querySelectorAll<HTMLElement>(".seats")) {
    const [all, solved] = [row.querySelectorAll("[data-exercise]").length, row.querySelectorAll("[data-solved]").length];
    row.querySelector("[role=img]")!.setAttribute("aria-label", `${solved} of ${all} exercises solved here`);
    row.querySelector("output")!.textContent = `${solved} of ${all} solved here`;
  }
  const place = document.querySelector<HTMLElement>(".work");
  if (!place) return;
  const status = place.querySelector<HTMLElement>("[role=status]")!;
  const on = (what: string, does: () => Promise<void> | void) =>
    place.querySelector(`[data-do=${what}]`)?.addEventListener("click", () => void Promise.resolve(does()).catch((error: Error) => { status.textContent = `It did not work: ${error.message}.`; }));
  on("download", () => download(page));
  on("load", () => place.querySelector<HTMLInputElement>("input[type=file]")!.click());
  on("erase", () => {
    const button = place.querySelector<HTMLButtonElement>("[data-do=erase]")!;
    if (button.dataset["sure"]) {
      store.erase();
      return page.erased();
    }
    button.dataset["sure"] = "yes";
    button.textContent = "Yes, erase it";
    status.textContent = "This erases your code and what you solved, on all pages. Press the button again to do it.";
  });
  const file = place.querySelector<HTMLInputElement>("input[type=file]");
  file?.addEventListener("change", async () => {
    try {
      status.textContent = await load(page, await file.files![0]!.text());
    } catch (error) {
      status.textContent = `This file was not loaded: ${(error as Error).message}. Choose a notebook (.ipynb) with exercises of this page.`;
    }
    file.value = "";
  });
}

async function download({ program, begin, cells }: Page): Promise<void> {
  await begin();
  const { exercises, page } = await program;
  const notebook = (await (await fetch(new URL(`_sources/${page}.ipynb`, store.root))).json()) as store.Notebook;
  const answers = new Map(Object.values(exercises).map(({ cell }) => [cell, cells.get(cell)!.text]));
  const file = new Blob([JSON.stringify(store.filled(notebook, answers), null, 1)], { type: "application/x-ipynb+json" });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: `${page.split("/").pop()}.ipynb` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function load({ program, begin, cells }: Page, text: string): Promise<string> {
  await begin();
  const { exercises } = await program;
  const found = store.answers(text, new Map(Object.entries(exercises).map(([id, { stub }]) => [id, stub])));
  for (const [id, source] of found) cells.get(exercises[id]!.cell)!.replace(source);
  return found.size ? `Loaded answers to ${[...found.keys()].join(", ")}. What stood here before is replaced.` : "That notebook answers no exercise of this page.";
}
