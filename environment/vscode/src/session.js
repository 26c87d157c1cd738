// One notebook's engine, and the cells that run in it.
"use strict";
const { Engine } = require("./engine");
const { Run } = require("./run");

const stubborn = 8_000;

class Session {
  #engine;
  #runs = new Map();
  #reopened = new Set();
  #hooks;

  /**
   * @param command What to start, as Engine takes it.
   * @param hooks What the session needs from the editor: execute(cell), failed(cell, error), ended(sentence), stubborn().
   */
  constructor(command, log, hooks) {
    this.#hooks = hooks;
    this.#engine = new Engine(command, log, { message: (message) => this.#receive(message), ended: (sentence) => this.#lost(sentence) });
  }

  get isBusy() {
    return this.#running().length > 0;
  }

  /** Runs a cell when those before it are done. */
  run(cell, execution) {
    const key = cell.document.uri.toString();
    this.#runs.set(key, new Run(cell, execution));
    this.#engine.send({ type: "run", cell: key, code: cell.document.getText() });
  }

  interrupt() {
    const stopping = this.#running();
    this.#engine.send({ type: "interrupt" });
    setTimeout(() => { if (stopping.some((run) => !run.isEnded)) this.#hooks.stubborn(); }, stubborn);
  }

  complete(code, position) {
    return this.#engine.ask({ type: "complete", code, position });
  }

  inspect(code, position) {
    return this.#engine.ask({ type: "inspect", code, position });
  }

  /** Ends the engine; what ran or waited is ended too. */
  stop() {
    this.#engine.stop();
    for (const run of this.#running()) this.#end(run, run.isStarted ? false : undefined);
  }

  #running() {
    return [...this.#runs.values()].filter((run) => !run.isEnded);
  }

  #receive(message) {
    if (message.type === "update") return this.#update(message.display, message.data);
    const run = this.#runs.get(message.cell);
    if (!run || run.isEnded) return undefined;
    switch (message.type) {
      case "started": return run.start();
      case "stream": return run.stream(message.name, message.text);
      case "output": return run.show(message.output);
      case "clear": return run.clear(message.wait);
      case "skipped": return this.#end(run, undefined);
      case "done":
        if (message.error && message.error.name !== "Interrupted") this.#hooks.failed(run.cell, message.error);
        return this.#end(run, !message.error, message.executionCount);
      default: return undefined;
    }
  }

  #end(run, success, executionCount) {
    run.isEnded = true;
    run.end(success, executionCount);
    for (const other of this.#reopened) other.endAgain();
    this.#reopened.clear();
  }

  // A display may stand in a cell that has long ended: its run is taken up again until the present one ends.
  #update(display, data) {
    for (const run of this.#runs.values()) {
      if (!run.displays.has(display)) continue;
      if (run.isEnded && !this.#reopened.has(run)) {
        const execution = this.#hooks.execute(run.cell);
        if (!execution) continue;
        run.reopen(execution);
        this.#reopened.add(run);
      }
      run.update(display, data);
    }
  }

  #lost(sentence) {
    for (const run of this.#running()) {
      if (run.isStarted) run.show({ output_type: "error", ename: "Engine", evalue: sentence, traceback: [] });
      this.#end(run, run.isStarted ? false : undefined);
    }
    this.#hooks.ended(sentence);
  }
}

module.exports = { Session };
