// Search in the reader's browser: the index is a folder of small files beside the pages, loaded as far as a query needs it.
let engine;
let dialog;

async function load(root) {
  engine ??= import(new URL("pagefind/pagefind.js", root)).then(async (pagefind) => {
    await pagefind.options({ excerptLength: 22 });
    await pagefind.init();
    return pagefind;
  });
  return engine;
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
  const answer = await pagefind.debouncedSearch(query, {}, 120);
  if (!answer || query !== input.value.trim()) return; // a later key was pressed
  const pages = await Promise.all(answer.results.slice(0, 8).map((result) => result.data()));
  list.replaceChildren(...pages.map(row));
  const count = answer.results.length;
  status.textContent = !query ? "Type a word, an exercise id, an error message." : count ? `${count} page${count === 1 ? "" : "s"}` : `Nothing found for “${query}”.`;
}

function build(root) {
  const box = document.createElement("div");
  box.className = "finder";
  box.innerHTML = `<input type="search" aria-label="Search the course" placeholder="Search the course" autocomplete="off" spellcheck="false">
    <p role="status">Type a word, an exercise id, an error message.</p><ol aria-label="Results"></ol>`;
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
  place.append(build(root));
  const query = new URLSearchParams(location.search).get("q");
  const input = place.querySelector("input");
  if (query) { input.value = query; input.dispatchEvent(new Event("input")); }
  input.focus();
}
