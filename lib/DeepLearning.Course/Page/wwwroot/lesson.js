// A lesson: its cells, its session, and what the buttons do.
import { CodeCell, TextCell } from "./cells.js";
import { confirmIn } from "./dialog.js";
import { element, hideToken } from "./dom.js";
import { renderMarkdownWith } from "./outputs.js";
import { Connection } from "./socket.js";

const path = decodeURIComponent(location.pathname.replace(/^\/lesson\//, ""));
const find = (id) => document.getElementById(id);
const main = find("cells");

class Lesson {
  #connection;
  #version = null;
  #dirty = false;
  #loaded = false;
  #unreadable = false;

  constructor() {
    this.connect();
    renderMarkdownWith(async (source) => (await this.ask("render", { source }))?.html ?? "");
    find("run-all").addEventListener("click", () => this.runAll());
    find("interrupt").addEventListener("click", () => this.#connection.send("interrupt"));
    find("restart").addEventListener("click", () => this.restart());
    find("save").addEventListener("click", () => this.save());
    find("clear-outputs").addEventListener("click", () => this.clearOutputs());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.save();
    });
    document.addEventListener("click", ({ target }) => { if (!target.closest(".menu")) document.querySelector(".menu").open = false; });
    window.addEventListener("beforeunload", (event) => { if (this.#dirty) event.preventDefault(); });
  }

  get cells() { return [...main.children].map((node) => node.cell); }

  get #codeCells() { return this.cells.filter((cell) => cell instanceof CodeCell); }

  connect() {
    this.#status("starting");
    const toCell = (action) => (message) => {
      const cell = this.cells.find(({ id }) => id === message.cell);
      if (cell instanceof CodeCell) action(cell, message);
    };
    this.#connection = new Connection(path, {
      notebook: (message) => this.#show(message),
      status: ({ state }) => this.#status(state),
      queued: toCell((cell) => cell.setState("queued")),
      started: toCell((cell) => cell.starting()),
      stream: toCell((cell, { name, text }) => cell.outputs.stream(name, text)),
      output: toCell((cell, { output }) => cell.outputs.add(output)),
      update: ({ display, data }) => { for (const cell of this.#codeCells) cell.outputs.update(display, data); },
      clear: toCell((cell, { wait }) => cell.outputs.clear(wait)),
      done: toCell((cell, message) => cell.finished(message)),
      skipped: toCell((cell) => cell.setState("idle")),
      problem: ({ message }) => this.#banner(message),
      unreadable: ({ message }) => { this.#unreadable = true; this.#status("ended"); this.#banner(message); },
      lost: (reason) => this.#lost(reason),
    });
  }

  ask(type, content) { return this.#connection.ask(type, content); }

  #show({ title, cells, version }) {
    find("banner").hidden = true;
    if (this.#loaded) return;
    this.#loaded = true;
    this.#version = version;
    document.title = title;
    find("title").textContent = title;
    main.append(...cells.map((data) => this.#make(data).node));
    main.removeAttribute("aria-busy");
    if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }

  #make(data) { return data.type === "code" ? new CodeCell(data, this) : new TextCell(data, this); }

  neighbour(cell, step) { return (step > 0 ? cell.node.nextElementSibling : cell.node.previousElementSibling)?.cell; }

  run(cell, advance) {
    if (cell instanceof CodeCell) this.#send(cell);
    else cell.finish();
    if (!advance) return;
    const next = this.neighbour(cell, 1) ?? this.insertAfter(cell, "code");
    next instanceof CodeCell ? next.edit() : next.focus();
    next.node.scrollIntoView({ block: "nearest" });
  }

  #send(cell) {
    if (cell.state === "queued" || cell.state === "running") return;
    if (this.#connection.send("run", { cell: cell.id, code: cell.code })) cell.setState("queued");
  }

  runAll() { for (const cell of this.#codeCells) this.#send(cell); }

  async restart() {
    if (this.#codeCells.some(({ count }) => count) && !await confirmIn("Restart the session? All variables are forgotten; text and outputs stay.", "Restart")) return;
    this.#connection.send("restart");
    for (const cell of this.#codeCells) cell.setState("idle", null);
  }

  clearOutputs() {
    for (const cell of this.#codeCells) cell.clear();
    this.#connection.send("clearOutputs");
  }

  insertAfter(cell, type) {
    const made = this.#make({ id: crypto.randomUUID().slice(0, 8), type, source: "" });
    cell.node.after(made.node);
    this.touched();
    made.edit();
    return made;
  }

  remove(cell) {
    const next = this.neighbour(cell, 1) ?? this.neighbour(cell, -1);
    if (!next) return;
    cell.node.remove();
    next.focus();
    this.touched();
  }

  move(cell, step) {
    const other = this.neighbour(cell, step);
    if (!other) return;
    step > 0 ? other.node.after(cell.node) : other.node.before(cell.node);
    cell.focus();
    this.touched();
  }

  touched() {
    this.#dirty = true;
    find("save").classList.add("unsaved");
    find("save").textContent = "Save •";
  }

  async save(overwrite = false) {
    const cells = this.cells.map(({ id, type, code }) => ({ id, type, source: code }));
    const answer = await this.ask("save", { cells, version: this.#version, overwrite, keepOutputs: find("keep-outputs").checked });
    if (answer?.type === "conflict") {
      if (await confirmIn("The file has changed on disk since this lesson was opened. Save over it?", "Save over it")) await this.save(true);
    } else if (answer?.type === "saved") {
      this.#version = answer.version;
      this.#dirty = false;
      find("save").classList.remove("unsaved");
      find("save").textContent = "Saved";
      setTimeout(() => { if (!this.#dirty) find("save").textContent = "Save"; }, 1500);
    } else {
      this.#banner(answer?.message ?? "Not saved: the connection to the course is gone.");
    }
  }

  #status(state) {
    find("status").textContent = state;
    find("status").dataset.state = state;
    find("interrupt").disabled = state !== "busy";
  }

  #banner(text, ...more) {
    find("banner").replaceChildren(element("span", {}, text), ...more, element("button", { type: "button", "aria-label": "Close this message", onclick: () => { find("banner").hidden = true; } }, "✕"));
    find("banner").hidden = false;
  }

  #lost(reason) {
    if (this.#unreadable) return;
    this.#status("ended");
    for (const cell of this.#codeCells) cell.setState("idle");
    const again = element("button", { type: "button", onclick: () => this.connect() }, "Start a new session");
    this.#banner(reason || "The connection to the course is gone, and the session's variables with it. What you wrote is still here.", again);
  }
}

hideToken();
new Lesson();
