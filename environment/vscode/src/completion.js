// Names at the cursor and what a name means, asked of the notebook's engine.
"use strict";
const vscode = require("vscode");

const { CompletionItemKind: Kind } = vscode;
const kinds = {
  keyword: Kind.Keyword, method: Kind.Method, property: Kind.Property, "enum member": Kind.EnumMember, variable: Kind.Variable, field: Kind.Field,
  event: Kind.Event, namespace: Kind.Module, class: Kind.Class, struct: Kind.Struct, interface: Kind.Interface, enum: Kind.Enum, delegate: Kind.Function,
};
const mostItems = 500;

class Completion {
  #sessionOf;

  /** @param sessionOf The session of the notebook a document is a cell of, or undefined. */
  constructor(sessionOf) {
    this.#sessionOf = sessionOf;
  }

  async provideCompletionItems(document, position) {
    const found = await (await this.#sessionOf(document))?.complete(document.getText(), document.offsetAt(position));
    if (!found?.items) return undefined;
    const range = new vscode.Range(document.positionAt(found.start), document.positionAt(found.end));
    const items = found.items.map(({ text, kind, summary }, index) => {
      const item = new vscode.CompletionItem(text, kinds[kind] ?? Kind.Text);
      item.range = range;
      item.sortText = String(index).padStart(4, "0");
      if (summary) item.documentation = summary;
      return item;
    });
    return new vscode.CompletionList(items, items.length >= mostItems);
  }

  async provideHover(document, position) {
    const range = document.getWordRangeAtPosition(position);
    if (!range) return undefined;
    const answer = await (await this.#sessionOf(document))?.inspect(document.getText(), document.offsetAt(position));
    if (!answer?.found) return undefined;
    const text = new vscode.MarkdownString().appendCodeblock(answer.found.signature, "csharp");
    if (answer.found.summary) text.appendText(answer.found.summary);
    return new vscode.Hover(text, range);
  }
}

module.exports = { Completion };
