// The parts of CodeMirror that the page's editor.js uses, bundled into one file.
export { EditorState, Compartment, StateEffect, StateField, Prec } from "@codemirror/state";
export {
  Decoration, EditorView, drawSelection, highlightSpecialChars, hoverTooltip, keymap, showTooltip, tooltips,
} from "@codemirror/view";
export { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
export { HighlightStyle, StreamLanguage, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
export { csharp } from "@codemirror/legacy-modes/mode/clike";
export { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, startCompletion } from "@codemirror/autocomplete";
export { tags } from "@lezer/highlight";
