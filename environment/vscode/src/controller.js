// The notebook controller "C# (Deep Learning)": chosen by itself for the course's notebooks, it hands their cells to their sessions.
"use strict";
const path = require("node:path");
const vscode = require("vscode");
const { courseOf, findCourse, showCourseMissing } = require("./course");
const { build, engineIn, isBuilt, BuildFailed } = require("./build");
const { findDotnet, showMissing, SdkMissing } = require("./sdk");
const { Session } = require("./session");

const notebookType = "jupyter-notebook";
const kernelNames = [".net-csharp", "deeplearning-csharp"];

const extensionId = "deeplearning-notebooks.deeplearning-csharp";

class CourseMissing extends Error {}

/** Whether a notebook lies in the course, or is written for a kernel like this one. */
function isOurs(notebook) {
  if (notebook.notebookType !== notebookType) return false;
  const metadata = notebook.metadata.metadata ?? notebook.metadata.custom?.metadata ?? {};
  return courseOf(notebook) !== undefined || kernelNames.includes(metadata.kernelspec?.name);
}

class Controller {
  #controller = vscode.notebooks.createNotebookController("deeplearning-csharp", notebookType, "C# (Deep Learning)");
  #sessions = new Map();
  #starting = new Map();
  #chosenFor = new Set();
  #memory;
  #problems;
  #log;

  constructor({ subscriptions, workspaceState }, problems, log) {
    this.#memory = workspaceState;
    this.#problems = problems;
    this.#log = log;
    this.#controller.supportedLanguages = ["csharp"];
    this.#controller.supportsExecutionOrder = true;
    this.#controller.description = "the course's own engine";
    this.#controller.executeHandler = (cells, notebook) => this.#execute(cells, notebook);
    this.#controller.interruptHandler = (notebook) => this.#sessions.get(notebook)?.interrupt();
    subscriptions.push(
      this.#controller,
      this.#controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => this.#chosen(notebook, selected)),
      vscode.workspace.onDidOpenNotebookDocument((notebook) => this.#prefer(notebook)),
      vscode.window.onDidChangeActiveNotebookEditor((editor) => this.#select(editor)),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => this.stop(notebook)),
      { dispose: () => [...this.#sessions.keys()].forEach((notebook) => this.stop(notebook)) });
    vscode.workspace.notebookDocuments.forEach((notebook) => this.#prefer(notebook));
    this.#select(vscode.window.activeNotebookEditor);
  }

  /** The session of the notebook a document is a cell of; starts it if that needs no building. */
  async sessionOf(document) {
    const notebook = vscode.workspace.notebookDocuments.find((one) => one.notebookType === notebookType && one.uri.path === document.uri.path);
    if (!notebook || !this.#chosenFor.has(notebook)) return undefined;
    return this.#sessions.get(notebook) ?? this.#warm(notebook);
  }

  stop(notebook) {
    this.#sessions.get(notebook)?.stop();
    this.#sessions.delete(notebook);
    this.#chosenFor.delete(notebook);
  }

  /** A fresh engine in the place of the notebook's present one. */
  restart(notebook) {
    this.#sessions.get(notebook)?.stop();
    this.#sessions.delete(notebook);
    this.#warm(notebook);
    vscode.window.setStatusBarMessage("C# (Deep Learning) restarted: variables are gone.", 5_000);
  }

  /** Builds the library again. Running engines keep what they have until they are restarted. */
  async build(course) {
    try {
      await build(course, await findDotnet(), this.#log);
      vscode.window.setStatusBarMessage("The library is built. Restart lessons that are open.", 5_000);
    } catch (problem) {
      this.#explain(problem);
    }
  }

  #prefer(notebook) {
    if (isOurs(notebook)) this.#controller.updateNotebookAffinity(notebook, vscode.NotebookControllerAffinity.Preferred);
  }

  // Once for each notebook: from then on the editor remembers what was chosen, be it another.
  async #select(editor) {
    if (!editor || !isOurs(editor.notebook)) return;
    const selected = this.#memory.get("selected", []);
    const uri = editor.notebook.uri.toString();
    if (selected.includes(uri)) return;
    await vscode.commands.executeCommand("notebook.selectKernel", { id: this.#controller.id, extension: extensionId });
    await this.#memory.update("selected", [...selected, uri]);
  }

  #chosen(notebook, selected) {
    if (!selected) return this.stop(notebook);
    this.#chosenFor.add(notebook);
    return this.#warm(notebook);
  }

  // Started before the first cell needs it, but only where that is quick and silent.
  async #warm(notebook) {
    const course = findCourse(notebook);
    if (!course || !isBuilt(course)) return undefined;
    return this.#start(notebook).catch(() => undefined);
  }

  async #execute(cells, notebook) {
    const executions = cells.map((cell) => [cell, this.#controller.createNotebookCellExecution(cell)]);
    let session;
    try {
      session = this.#sessions.get(notebook) ?? await this.#start(notebook);
    } catch (problem) {
      for (const [, execution] of executions) execution.end(undefined);
      this.#explain(problem);
      return;
    }
    for (const [cell, execution] of executions) {
      this.#problems.clear(cell.document);
      session.run(cell, execution);
    }
  }

  #start(notebook) {
    if (!this.#starting.has(notebook)) this.#starting.set(notebook, this.#startOnce(notebook).finally(() => this.#starting.delete(notebook)));
    return this.#starting.get(notebook);
  }

  async #startOnce(notebook) {
    const course = findCourse(notebook);
    if (!course) throw new CourseMissing();
    const dotnet = await findDotnet();
    if (!isBuilt(course) && this.#sessions.size === 0) await build(course, dotnet, this.#log);
    const folder = notebook.uri.scheme === "file" ? path.dirname(notebook.uri.fsPath) : course;
    const session = new Session({ dotnet, program: engineIn(course), folder }, this.#log, {
      execute: (cell) => this.#take(cell),
      failed: (cell, error) => this.#problems.show(cell.document, error),
      ended: (sentence) => this.#lost(notebook, session, sentence),
      stubborn: () => this.#offerRestart(notebook, session),
    });
    this.#sessions.set(notebook, session);
    return session;
  }

  // Undefined while the cell waits for its own turn: it is going to show something new anyway.
  #take(cell) {
    try {
      return this.#controller.createNotebookCellExecution(cell);
    } catch {
      return undefined;
    }
  }

  async #lost(notebook, session, sentence) {
    if (this.#sessions.get(notebook) === session) this.#sessions.delete(notebook);
    const choice = await vscode.window.showErrorMessage(sentence, "Show the Log");
    if (choice) this.#log.show();
  }

  async #offerRestart(notebook, session) {
    if (this.#sessions.get(notebook) !== session) return;
    const choice = await vscode.window.showWarningMessage("The cell does not stop.", "Restart", "Wait");
    if (choice === "Restart" && this.#sessions.get(notebook) === session) this.restart(notebook);
  }

  async #explain(problem) {
    if (problem instanceof SdkMissing) await showMissing(problem);
    else if (problem instanceof CourseMissing) await showCourseMissing();
    else if (problem instanceof BuildFailed) {
      const choice = await vscode.window.showErrorMessage(problem.message, "Show the Log");
      if (choice) this.#log.show();
    } else throw problem;
  }
}

module.exports = { Controller, notebookType };
