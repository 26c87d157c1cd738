// Underlines what went wrong in a cell, until the cell is run or changed.
"use strict";
const vscode = require("vscode");

class Problems {
  #collection = vscode.languages.createDiagnosticCollection("deeplearning");

  constructor(subscriptions) {
    subscriptions.push(this.#collection, vscode.workspace.onDidChangeTextDocument(({ document }) => this.clear(document)));
  }

  clear(document) {
    this.#collection.delete(document.uri);
  }

  show(document, { name, message, line, column }) {
    if (!line || line > document.lineCount) return;
    const text = document.lineAt(line - 1);
    const start = column ? Math.min(column - 1, text.text.length) : text.firstNonWhitespaceCharacterIndex;
    const word = column && document.getWordRangeAtPosition(new vscode.Position(line - 1, start));
    const end = word ? word.end.character : text.text.trimEnd().length;
    const diagnostic = new vscode.Diagnostic(new vscode.Range(line - 1, start, line - 1, Math.max(end, start + 1)), message, vscode.DiagnosticSeverity.Error);
    diagnostic.source = "C#";
    diagnostic.code = name;
    this.#collection.set(document.uri, [diagnostic]);
  }
}

module.exports = { Problems };
