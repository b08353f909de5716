// Results as elements. Whatever a reader's program wrote becomes text, never markup.
export type Check = { description: string; verdict: string };
export type Result = { attempted: boolean; checks: Check[]; notes: string[] };
export type Said = { headline: string; passed: boolean; checks: [name: string, text: string][][] };

/** An element with attributes and content. */
export function make(name: string, attributes: Record<string, string> = {}, ...content: (Node | string)[]): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
}

/** A sentence with what stands between backticks as code. */
const prose = (text: string) => text.split(/`([^`]+)`/).map((part, at) => (at % 2 ? make("code", {}, part) : part));

/** What a result says, check by check. */
export function shown(id: string, result: Result, said: Said): HTMLElement {
  const items = result.checks.map((check, at) => item(check, result.attempted, said.checks[at]!));
  return make("section", { class: "course-result", "aria-label": `Result of ${id}` },
    make("p", {}, make("strong", {}, said.headline)),
    make("ul", {}, ...items),
    ...result.notes.map((note) => make("p", {}, ...prose(note))));
}

function item(check: Check, attempted: boolean, rows: [string, string][]): HTMLElement {
  const open = !attempted || check.verdict === "UNCHECKED";
  const [kind, sign, label] = open ? ["open", "·", "open"] : check.verdict === "PASS" ? ["pass", "✔", "passes"] : ["fail", "✘", "fails"];
  const ends = attempted && !["PASS", "FAIL", "ERROR", "UNCHECKED"].includes(check.verdict) ? ` (${ENDED[check.verdict] ?? "it was stopped"})` : "";
  const list = rows.map(([name, text]) => [make("dt", {}, name), make("dd", {}, ...(name === "why" ? prose(text) : [make("code", {}, text)]))]);
  return make("li", { class: kind! },
    make("span", { role: "img", "aria-label": label! }, sign!), " ", ...prose(check.description), ends,
    ...(list.length ? [make("dl", {}, ...list.flat())] : []));
}

const ENDED: Record<string, string> = {
  TIMEOUT: "your code ran out of time", MEMORY: "your code ran out of memory", OUTPUT_LIMIT: "your code wrote too much output",
  CRASH: "your code crashed the interpreter", EXITED: "your code ended the program", PROTOCOL: "your code sent back what cannot be used",
};
