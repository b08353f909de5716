// The editor, loaded when a reader first acts.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, insertTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null], color: "var(--keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--string)" },
  { tag: tags.number, color: "var(--number)" },
  { tag: [tags.definition(tags.variableName), tags.function(tags.definition(tags.variableName)), tags.className], color: "var(--name)" },
  { tag: tags.standard(tags.variableName), color: "var(--builtin)" },
]);

/** Put an editor in the place of an element; `act` is called for Shift-Enter ("run") and Mod-Enter ("check"). */
export function edit(place: HTMLElement, text: string, label: string, changed: (text: string) => void, act: (what: "run" | "check") => void): EditorView {
  const does = (what: "run" | "check") => () => { act(what); return true; };
  let leaves = false; // Escape, then Tab: the way out for the keyboard
  const state = EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), python(),
      indentUnit.of("    "), EditorState.tabSize.of(4), syntaxHighlighting(colours), EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": label, "aria-description": "Shift-Enter runs, Control-Enter checks. Escape, then Tab leaves the editor." }),
      EditorView.updateListener.of((update) => { if (update.docChanged) changed(update.state.doc.toString()); }),
      keymap.of([
        { key: "Shift-Enter", run: does("run") },
        { key: "Mod-Enter", run: does("check") },
        { key: "Escape", run: () => (leaves = true) },
        { key: "Tab", run: (view) => (leaves ? (leaves = false) : insertTab(view)), shift: (view) => (leaves ? (leaves = false) : indentLess(view)) },
        ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap,
      ]),
    ],
  });
  const view = new EditorView({ state });
  view.dom.style.minHeight = `${place.offsetHeight}px`; // nothing below moves
  place.replaceChildren(view.dom);
  return view;
}
