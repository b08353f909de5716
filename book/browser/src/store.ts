// What is kept in the reader's browser, and nowhere else: code by cell, and what was solved.
export type Done = { solved?: string; asked?: boolean };
type Cell = { cell_type: string; id?: string; source: string | string[]; outputs?: unknown[]; execution_count?: null };
export type Notebook = { cells: Cell[]; nbformat: number };

export const root = new URL("../..", import.meta.url); // of the site: this file lies in _runtime/HASH/
const PREFIX = `course ${root.pathname} `;
const ANSWER = /^(?:[ \t\r]*(?:[#%!].*|(?:import|from)\b.*)?\n)*?[ \t]*#[ \t]*exercise:[ \t]*(\S+)/; // as in course/judging/program.py

const read = (key: string): string | null => localStorage.getItem(PREFIX + key);

/** The reader's text of a cell, if there is one. */
export function code(cell: string): string | null {
  return read(`code ${cell}`);
}

/** Keep the reader's text of a cell; forget it where it is the course's own again. Says whether it could. */
export function keep(cell: string, text: string, original: string): boolean {
  try {
    if (text === original) localStorage.removeItem(`${PREFIX}code ${cell}`);
    else localStorage.setItem(`${PREFIX}code ${cell}`, text);
    return true;
  } catch {
    return false; // full, or refused by the reader's settings
  }
}

/** What is known of an exercise. */
export function done(exercise: string): Done {
  try {
    return JSON.parse(read(`done ${exercise}`) ?? "{}") as Done;
  } catch {
    return {};
  }
}

/** Note something of an exercise. */
export function note(exercise: string, news: Done): void {
  try {
    localStorage.setItem(`${PREFIX}done ${exercise}`, JSON.stringify({ ...done(exercise), ...news }));
  } catch { /* nothing is kept then, and keep() says so */ }
}

/** Forget everything. */
export function erase(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}

const joined = (source: string | string[]): string => (Array.isArray(source) ? source.join("") : source);

/** The notebook with other answers, by cell id: what `course grade` takes. */
export function filled(notebook: Notebook, answers: Map<string, string>): Notebook {
  const cells = notebook.cells.map((cell) => (cell.id && answers.has(cell.id) ? { ...cell, source: answers.get(cell.id)! } : cell));
  return { ...notebook, cells };
}

/** The answers of a notebook by exercise; of several the last that is no stub counts. Throws where it is none. */
export function answers(text: string, stubs: Map<string, string>): Map<string, string> {
  const notebook = JSON.parse(text) as Partial<Notebook>;
  if (notebook.nbformat !== 4 || !Array.isArray(notebook.cells)) throw new Error("it is no notebook of format 4");
  const found = new Map<string, string>();
  for (const cell of notebook.cells) {
    const source = cell.cell_type === "code" ? joined(cell.source) : "";
    const exercise = ANSWER.exec(source)?.[1];
    if (exercise && stubs.has(exercise) && source.trim() !== stubs.get(exercise)!.trim()) found.set(exercise, source);
  }
  return found;
}
