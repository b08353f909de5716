// One code cell of a page: its text as the reader has it, its editor, what it printed.
import type { EditorView } from "@codemirror/view";
import * as store from "./store.ts";
import { make } from "./view.ts";

export type Source = { id: string; name: string; source: string };
export type Act = (cell: Cell, what: "run" | "check") => void;

const MOST_SHOWN = 50_000; // characters of output

export class Cell {
  readonly element: HTMLElement;
  readonly kept: string; // under which name the reader's text is kept
  private readonly frame: HTMLElement;
  private readonly printed = make("pre", { class: "printed", hidden: "", role: "group", "aria-label": "Output" });
  private view: EditorView | undefined;
  private size = 0;
  text: string;

  constructor(readonly source: Source, kept: string, private readonly say: (text: string) => void) {
    this.element = document.getElementById(source.id)!;
    this.frame = this.element.querySelector<HTMLElement>(".cell_input .highlight")!;
    this.frame.closest(".cell_input")!.after(this.printed);
    this.kept = kept;
    this.text = store.code(kept) ?? source.source;
    if (this.text !== source.source) this.frame.querySelector("pre")!.textContent = this.text;
  }

  /** Open the editor. */
  async edit(act: Act, focus: boolean): Promise<void> {
    if (!this.view) {
      const { edit } = await import("./editor.ts");
      this.view ??= edit(this.frame, this.text, `Code of ${this.source.id}`, (text) => this.changed(text), (what) => act(this, what));
    }
    if (focus) this.view.focus();
  }

  /** Put another text in, such as the stub. */
  replace(text: string): void {
    if (this.view) this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
    else this.frame.querySelector("pre")!.textContent = text;
    this.changed(text);
  }

  private changed(text: string): void {
    this.text = text;
    if (!store.keep(this.kept, text, this.source.source)) this.say("Your browser refuses to keep this: download your work before you leave.");
  }

  /** Show nothing but what comes now; the output that the page came with returns on reset. */
  begin(): void {
    this.outputs(true);
    this.printed.replaceChildren();
    this.printed.hidden = true;
    this.size = 0;
  }

  print(text: string): void {
    if (this.size > MOST_SHOWN) return;
    this.size += text.length;
    this.printed.append(this.size > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}\n… more was printed than is shown here` : text);
    this.printed.hidden = false;
    if (this.printed.scrollWidth > this.printed.clientWidth) this.printed.tabIndex = 0;
  }

  reset(): void {
    this.begin();
    this.outputs(false);
    this.replace(this.source.source);
  }

  private outputs(hide: boolean): void {
    for (const output of this.element.querySelectorAll<HTMLElement>(".cell_output")) output.hidden = hide;
  }
}
