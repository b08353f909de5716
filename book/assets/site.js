// Everything here is extra: the pages read, and their navigation works, without it.
import { fillPage, openFinder } from "./search.js";

const root = new URL("..", import.meta.url);
const $$ = (selector) => document.querySelectorAll(selector);

function colours() {
  const button = document.querySelector(".theme");
  const show = () => button.setAttribute("aria-pressed", String(document.documentElement.dataset.theme === "dark"));
  button.hidden = false;
  button.addEventListener("click", () => {
    const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    localStorage.setItem("theme", theme);
    show();
  });
  show();
}

function copyButtons() {
  for (const block of $$(".cell_input .highlight, article > .highlight, section > [class*=highlight-] > .highlight, .copyable .highlight")) {
    if (block.closest(".cell_output") || block.querySelector(".copy")) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: "Copy" });
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("pre").textContent.trimEnd());
      button.textContent = "Copied";
      button.dataset.done = "";
      setTimeout(() => { button.textContent = "Copy"; delete button.dataset.done; }, 1500);
    });
    block.append(button);
  }
}

// What scrolls sideways must be reachable by keyboard; what does not should be no extra stop.
function scrollers() {
  for (const element of $$("pre, table, math, .diagram")) {
    if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
    else element.removeAttribute("tabindex");
  }
}

function sectionInView() {
  const links = new Map([...$$(".sections a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...$$("article :is(h2, h3)[id]")].filter((heading) => links.has(heading.id));
  const mark = () => {
    const atEnd = innerHeight + scrollY >= document.body.scrollHeight - 4;
    const current = atEnd ? headings.at(-1) : headings.findLast((heading) => heading.getBoundingClientRect().top < 120);
    for (const [id, link] of links) link.toggleAttribute("aria-current", id === current?.id);
  };
  if (headings.length) addEventListener("scroll", mark, { passive: true });
}

// `make start` serves lab.json beside the book; a published site is never asked for it.
async function lab() {
  const link = document.querySelector(".lab");
  if (!link || !["localhost", "127.0.0.1", "[::1]"].includes(location.hostname)) return;
  const answer = await fetch(new URL("lab.json", root)).catch(() => null);
  if (!answer?.ok) return;
  link.href = (await answer.json()).lab + link.dataset.path;
  link.hidden = false;
}

function search() {
  const open = (event) => {
    event.preventDefault();
    openFinder(root);
  };
  for (const link of $$("[data-search]")) {
    link.addEventListener("click", open);
    link.querySelector("kbd")?.removeAttribute("hidden");
  }
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if ((event.key === "/" && !typing) || (event.key === "k" && (event.ctrlKey || event.metaKey))) open(event);
  });
  const page = document.querySelector("#search-page");
  if (page) fillPage(page, root);
}

// Exercises and cells that run on the page: course/onpage/pages.py puts the marks, book/browser/ does the work.
function grading() {
  const { runtime } = document.documentElement.dataset;
  if (runtime && document.querySelector(".grader, .work, .seats")) import(new URL(`${runtime}page.js`, root));
}

colours();
copyButtons();
grading();
scrollers();
addEventListener("resize", scrollers);
sectionInView();
lab();
search();
