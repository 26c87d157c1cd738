// One run of one cell: its execution in the editor, and what it shows.
"use strict";
const vscode = require("vscode");

const textOf = (value) => (Array.isArray(value) ? value.join("") : value);

/** An output as a notebook keeps it → the editor's items. */
function itemsOf(data) {
  return Object.entries(data).map(([mime, value]) =>
    mime.endsWith("json") ? vscode.NotebookCellOutputItem.json(value, mime)
    : /^image\/(?!svg)/.test(mime) ? new vscode.NotebookCellOutputItem(Buffer.from(textOf(value), "base64"), mime)
    : vscode.NotebookCellOutputItem.text(textOf(value), mime));
}

const red = (line) => `\u001b[31m${line}\u001b[39m`;

/** An error, with what it says in red above the lines it came through. */
function errorItem({ ename, evalue, traceback }) {
  const says = evalue.split("\n")[0];
  const lines = traceback.some((line) => line.includes(says)) ? traceback : [`${ename}: ${evalue}`, ...traceback];
  const stack = lines.map((line) => (line.includes(says) || /^\S*\(\d+,\d+\): error /.test(line) ? red(line) : line));
  return vscode.NotebookCellOutputItem.error({ name: ename, message: evalue, stack: stack.join("\n") });
}

class Run {
  #stream;
  #clearFirst = false;

  constructor(cell, execution) {
    this.cell = cell;
    this.execution = execution;
    this.isStarted = false;
    /** Display id → output, for updates. */
    this.displays = new Map();
  }

  start() {
    this.isStarted = true;
    this.execution.start(Date.now());
    this.execution.clearOutput();
  }

  stream(name, text) {
    const item = name === "stderr" ? vscode.NotebookCellOutputItem.stderr(text) : vscode.NotebookCellOutputItem.stdout(text);
    if (this.#stream?.name === name && !this.#clearFirst) {
      this.execution.appendOutputItems([item], this.#stream.output);
      return;
    }
    const output = new vscode.NotebookCellOutput([item], { outputType: "stream" });
    this.#append(output);
    this.#stream = { name, output };
  }

  /** Adds a display, a result or an error. */
  show(output) {
    if (output.output_type === "error") {
      this.#append(new vscode.NotebookCellOutput([errorItem(output)], { outputType: "error" }));
      return;
    }
    const metadata = { outputType: output.output_type, metadata: output.metadata ?? {} };
    if (output.execution_count) metadata.executionCount = output.execution_count;
    if (output.transient) metadata.transient = output.transient;
    const shown = new vscode.NotebookCellOutput(itemsOf(output.data), metadata);
    if (output.transient) this.displays.set(output.transient.display_id, shown);
    this.#append(shown);
  }

  update(display, data) {
    this.execution.replaceOutputItems(itemsOf(data), this.displays.get(display));
  }

  clear(wait) {
    this.#clearFirst = wait;
    if (!wait) this.#clear();
  }

  end(success, executionCount) {
    if (this.#clearFirst) this.#clear();
    if (executionCount) this.execution.executionOrder = executionCount;
    this.success = success;
    this.executionCount = executionCount;
    this.execution.end(success, success === undefined ? undefined : Date.now());
  }

  /** Takes an ended run up again, to change what it shows. */
  reopen(execution) {
    this.execution = execution;
    execution.executionOrder = this.executionCount;
    execution.start(this.cell.executionSummary?.timing?.startTime);
    this.endAgain = () => execution.end(this.success, this.cell.executionSummary?.timing?.endTime);
  }

  #append(output) {
    this.#stream = undefined;
    if (this.#clearFirst) this.#clear();
    this.execution.appendOutput(output);
  }

  #clear() {
    this.#clearFirst = false;
    this.#stream = undefined;
    this.displays.clear();
    this.execution.clearOutput();
  }
}

module.exports = { Run, itemsOf, errorItem };
