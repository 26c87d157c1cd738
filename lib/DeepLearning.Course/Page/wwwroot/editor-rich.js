// The editor on CodeMirror 6.
import {
  Decoration, EditorState, EditorView, HighlightStyle, Prec, StateEffect, StateField, StreamLanguage, autocompletion, bracketMatching,
  closeBrackets, closeBracketsKeymap, completionKeymap, csharp, defaultKeymap, drawSelection, history, historyKeymap, hoverTooltip, indentOnInput,
  indentUnit, indentWithTab, keymap, showTooltip, syntaxHighlighting, tags,
} from "/vendor/codemirror.js";
import { inspectionCard } from "./inspection.js";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.bool, tags.null], class: "hl-keyword" },
  { tag: [tags.string, tags.character], class: "hl-string" },
  { tag: tags.comment, class: "hl-comment" },
  { tag: tags.number, class: "hl-number" },
  { tag: [tags.typeName, tags.standard(tags.variableName)], class: "hl-type" },
  { tag: tags.meta, class: "hl-directive" },
]);

const setErrorLine = StateEffect.define();
const errorLine = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setErrorLine)) continue;
      const { line } = effect.value;
      if (!line || line > transaction.state.doc.lines) return Decoration.none;
      return Decoration.set([Decoration.line({ class: "error-line" }).range(transaction.state.doc.line(line).from)]);
    }
    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const setCard = StateEffect.define();
const card = StateField.define({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(setCard)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

const kinds = { method: "method", property: "property", field: "property", variable: "variable", local: "variable", parameter: "variable",
  class: "class", struct: "class", record: "class", interface: "interface", enum: "enum", namespace: "namespace", keyword: "keyword", type: "type" };

export class RichEditor {
  #view;

  constructor(parent, options) {
    const isCode = options.language === "csharp";
    const tooltipAt = (pos, inspection) => ({ pos, above: true, create: () => ({ dom: inspectionCard(inspection) }) });
    const complete = async (context) => {
      const word = context.matchBefore(/[\w.]*/);
      if (!context.explicit && (!word || !/\w$|\.$/.test(word.text) || /^\d/.test(word.text))) return null;
      const answer = await options.complete(context.state.doc.toString(), context.pos);
      if (!answer?.items?.length || context.aborted) return null;
      return {
        from: answer.start, to: answer.end === context.pos ? undefined : answer.end, validFor: /^\w*$/,
        options: answer.items.map(({ text, kind, summary }) => ({ label: text, type: kinds[kind.toLowerCase()], detail: summary ? undefined : kind.toLowerCase(), info: summary ?? undefined })),
      };
    };
    const inspectHere = (view) => {
      const pos = view.state.selection.main.head;
      options.inspect(view.state.doc.toString(), pos).then((found) => view.dispatch({ effects: setCard.of(found ? tooltipAt(pos, found) : null) }));
      return true;
    };
    const run = (advance) => () => { options.onRun(advance); return true; };
    const keys = [
      { key: "Shift-Enter", run: run(true) }, { key: "Ctrl-Enter", run: run(false) }, { key: "Cmd-Enter", run: run(false) },
      { key: "Escape", run: (view) => {
        if (view.state.field(card)) { view.dispatch({ effects: setCard.of(null) }); return true; }
        options.onLeave();
        return true;
      } },
    ];
    const forCode = isCode ? [
      StreamLanguage.define(csharp), syntaxHighlighting(colours), bracketMatching(), closeBrackets(), indentOnInput(), errorLine, card,
      autocompletion({ override: [complete], icons: true, activateOnTypingDelay: 120 }),
      hoverTooltip(async (view, pos) => {
        if (!/\w/.test(view.state.sliceDoc(pos, pos + 1))) return null;
        const found = await options.inspect(view.state.doc.toString(), pos);
        return found ? tooltipAt(pos, found) : null;
      }, { hoverTime: 500 }),
      Prec.high(keymap.of([{ key: "Shift-Tab", run: inspectHere }])),
    ] : [card, EditorView.lineWrapping];
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        doc: options.code,
        extensions: [
          // Completion's own keys (Escape closes its list) come before Escape as "leave the editor".
          Prec.highest(keymap.of(completionKeymap)), Prec.high(keymap.of(keys)), forCode, history(), drawSelection(), indentUnit.of("    "),
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
          EditorView.contentAttributes.of({ "aria-label": options.label }),
          EditorView.updateListener.of((update) => { if (update.docChanged) options.onChange(); }),
        ],
      }),
    });
  }

  get code() { return this.#view.state.doc.toString(); }

  setCode(text) { this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } }); }

  focus() { this.#view.focus(); }

  markError(line) { this.#view.dispatch({ effects: setErrorLine.of({ line }) }); }

  clearError() { this.#view.dispatch({ effects: setErrorLine.of({ line: 0 }) }); }
}
