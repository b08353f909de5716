// Search in the reader's browser: the index is a folder of small files beside the pages, loaded as far as a query needs it.
const PROMPT = "Type a word, an exercise id, an error message.";
let engine;
let words;
let dialog;

async function load(root) {
  engine ??= import(new URL("pagefind/pagefind.js", root)).then(async (pagefind) => {
    await pagefind.options({ excerptLength: 22 });
    await pagefind.init();
    return pagefind;
  });
  return engine;
}

// How many letters were mistyped: left out, added, changed, or swapped with the next. Stops counting beyond `most`.
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      now[j] = Math.min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) now[j] = Math.min(now[j], before[j - 2] + 1);
    }
    if (Math.min(...now) > most) return most + 1;
    [before, last] = [last, now];
  }
  return last[b.length];
}

// Replace words that no page begins a word with by the nearest word of the course, if there is a near one.
async function corrected(query, root) {
  words ??= fetch(new URL("pagefind/words.json", root)).then((answer) => answer.json());
  const known = await words;
  return query.replace(/[a-z_]{4,}/gi, (written) => {
    const word = written.toLowerCase();
    if (known.some((other) => other.startsWith(word))) return written;
    const most = word.length < 7 ? 1 : 2;
    const near = known.map((other) => [distance(word, other, most), other]).filter(([steps]) => steps <= most);
    return near.length ? near.sort(([a], [b]) => a - b)[0][1] : written;
  });
}

function row(page) {
  const section = page.sub_results.find((part) => part.url !== page.url) ?? page.sub_results[0];
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: section?.url ?? page.url });
  const title = Object.assign(document.createElement("strong"), { textContent: page.meta.title });
  const excerpt = document.createElement("span");
  excerpt.innerHTML = section?.excerpt ?? page.excerpt; // Pagefind escapes the text and adds <mark>
  link.append(title);
  if (section && section.title !== page.meta.title) link.append(` › ${section.title}`);
  link.append(excerpt);
  item.append(link);
  return item;
}

async function find(root, input, status, list) {
  const query = input.value.trim();
  const pagefind = await load(root);
  const meant = await corrected(query, root);
  const answer = await pagefind.debouncedSearch(meant, {}, 120);
  if (!answer || query !== input.value.trim()) return; // a later key was pressed
  const pages = await Promise.all(answer.results.slice(0, 8).map((result) => result.data()));
  list.replaceChildren(...pages.map(row));
  const count = `${answer.results.length} page${pages.length === 1 ? "" : "s"}`;
  if (!query) status.textContent = PROMPT;
  else if (!pages.length) status.textContent = `Nothing found for “${query}”.`;
  else status.textContent = meant === query ? count : `${count} for “${meant}”`;
}

function build(root) {
  const box = document.createElement("div");
  box.className = "finder";
  box.innerHTML = `<input type="text" role="searchbox" inputmode="search" enterkeyhint="go" aria-label="Search the course" placeholder="Search the course" autocomplete="off" spellcheck="false">
    <p role="status">${PROMPT}</p><ol aria-label="Results"></ol>`;
  const [input, status, list] = box.children;
  input.addEventListener("input", () => find(root, input, status, list).catch(() => { status.textContent = "The search index could not be loaded."; }));
  box.addEventListener("keydown", (event) => {
    const stops = [input, ...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); stops[stops.indexOf(document.activeElement) + step]?.focus(); }
    if (event.key === "Enter" && document.activeElement === input) stops[1]?.click();
  });
  return box;
}

export function openFinder(root) {
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "finder";
    dialog.setAttribute("aria-label", "Search");
    dialog.append(build(root));
    dialog.addEventListener("click", (event) => { if (event.target === dialog || event.target.closest("a")) dialog.close(); });
    document.body.append(dialog);
  }
  if (!dialog.open) dialog.showModal();
  load(root);
}

export function fillPage(place, root) {
  place.replaceChildren(build(root));
  const query = new URLSearchParams(location.search).get("q");
  const input = place.querySelector("input");
  if (query) { input.value = query; input.dispatchEvent(new Event("input")); }
  input.focus();
}
