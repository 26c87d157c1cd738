// One cell of the lesson: text that turns into its Markdown when double-clicked, or code with its outputs.
import { element } from "./dom.js";
import { createEditor } from "./editor.js";
import { highlight } from "./highlight.js";
import { OutputArea } from "./outputs.js";
import { showText } from "./text.js";

const whenNear = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    whenNear.unobserve(target);
    target.cell.openEditor();
  }
}, { rootMargin: "800px" });

const seconds = (ms) => ms < 995 ? `${Math.round(ms)} ms` : ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(ms / 60_000)} min ${Math.round(ms % 60_000 / 1000)} s`;

class Cell {
  constructor(data, lesson) {
    this.id = data.id;
    this.type = data.type;
    this.lesson = lesson;
    this.source = data.source;
    this.editor = null;
    const tags = data.tags ?? [];
    this.node = element("section", {
      class: ["cell", `cell-${this.type}`, ...tags.map((tag) => `tag-${tag}`)].join(" "), tabindex: "0", "data-cell": this.id, "aria-label": this.type === "code" ? "Code cell" : "Text cell",
      onkeydown: (event) => this.#keyInPage(event),
    });
    this.node.cell = this;
    this.node.append(this.#tools());
  }

  get code() { return this.editor?.code ?? this.source; }

  focus() { this.node.focus({ preventScroll: true }); this.node.scrollIntoView({ block: "nearest" }); }

  #tools() {
    const button = (text, label, action) => element("button", { type: "button", title: label, "aria-label": label, onclick: action }, text);
    return element("div", { class: "cell-tools", role: "toolbar", "aria-label": "Cell" },
      button("↑", "Move up", () => this.lesson.move(this, -1)), button("↓", "Move down", () => this.lesson.move(this, 1)),
      button("+ Code", "Add a code cell below", () => this.lesson.insertAfter(this, "code")),
      button("+ Text", "Add a text cell below", () => this.lesson.insertAfter(this, "markdown")),
      button("✕", "Delete this cell", () => this.lesson.remove(this)));
  }

  // Keys while the cell itself, and nothing inside it, has the focus.
  #keyInPage(event) {
    if (event.target !== this.node) return;
    if (event.key === "ArrowDown") this.lesson.neighbour(this, 1)?.focus();
    else if (event.key === "ArrowUp") this.lesson.neighbour(this, -1)?.focus();
    else if (event.key === "Enter" && (event.shiftKey || event.ctrlKey || event.metaKey)) this.lesson.run(this, event.shiftKey);
    else if (event.key === "Enter") this.edit();
    else return;
    event.preventDefault();
  }
}

export class TextCell extends Cell {
  #text = element("div", { class: "text" });
  #box = element("div", { class: "editor-box", hidden: true });

  constructor(data, lesson) {
    super(data, lesson);
    this.node.append(this.#text, this.#box);
    this.#text.addEventListener("dblclick", () => this.edit());
    this.#show(data.html);
  }

  async edit() {
    this.#text.hidden = true;
    this.#box.hidden = false;
    this.editor ??= await createEditor(this.#box, {
      code: this.source, language: "markdown", label: "Markdown", onChange: () => this.lesson.touched(), onLeave: () => this.finish().then(() => this.focus()),
      onRun: (advance) => this.lesson.run(this, advance),
    });
    this.editor.focus();
  }

  /** Shows the text again if it was being edited. */
  async finish() {
    if (this.#box.hidden) return;
    const answer = await this.lesson.ask("render", { source: this.code });
    if (!answer) return;
    this.#show(answer.html);
    this.#box.hidden = true;
    this.#text.hidden = false;
  }

  #show(html) {
    showText(this.#text, html || "<p class='empty-text'>Empty text; double-click to write.</p>");
  }
}

export class CodeCell extends Cell {
  #box = element("div", { class: "editor-box" });
  #count = element("span", { class: "count" });
  #time = element("span", { class: "time" });
  #run = element("button", { type: "button", class: "run", title: "Run (Shift+Enter)", "aria-label": "Run this cell", onclick: () => this.lesson.run(this, false) }, "▶");
  #ticking;

  constructor(data, lesson) {
    super(data, lesson);
    const still = element("pre", { class: "still-code" });
    still.append(highlight(`${this.source}\n`));
    this.#box.append(still);
    const outputs = element("div", { class: "outputs", role: "log", "aria-label": "Output" });
    this.outputs = new OutputArea(outputs);
    this.node.append(element("div", { class: "gutter" }, this.#run, this.#count, this.#time), element("div", { class: "code" }, this.#box, outputs));
    this.setState("idle", data.executionCount);
    this.outputs.load(data.outputs ?? []);
    if (data.sourceHidden) this.#hideSource();
    whenNear.observe(this.node);
  }

  async openEditor() {
    this.opening ??= (async () => {
      const holder = element("div", { class: "editor" });
      this.editor = await createEditor(holder, {
        code: this.source, language: "csharp", label: "C# code", onChange: () => this.lesson.touched(), onLeave: () => this.focus(), onRun: (advance) => this.lesson.run(this, advance),
        complete: (code, position) => this.lesson.ask("complete", { code, position }),
        inspect: async (code, position) => (await this.lesson.ask("inspect", { code, position }))?.found,
      });
      this.#box.replaceChildren(holder);
    })();
    return this.opening;
  }

  async edit() {
    await this.openEditor();
    this.editor.focus();
  }

  /** state: idle, queued, running, done, failed. */
  setState(state, count) {
    this.state = state;
    this.node.dataset.state = state;
    clearInterval(this.#ticking);
    if (count !== undefined) this.count = count;
    this.#count.textContent = state === "queued" || state === "running" ? "[*]" : `[${this.count ?? " "}]`;
    if (state === "running") {
      const start = performance.now();
      this.#ticking = setInterval(() => { this.#time.textContent = seconds(performance.now() - start); }, 200);
    }
  }

  starting() {
    this.outputs.clear(true);
    this.#time.textContent = "";
    this.editor?.clearError();
    this.setState("running");
  }

  finished({ executionCount, error, elapsed }) {
    this.outputs.settle();
    this.setState(error ? "failed" : "done", executionCount);
    this.#time.textContent = seconds(elapsed);
    if (error?.line) this.openEditor().then(() => this.editor.markError(error.line));
  }

  clear() {
    this.outputs.clear(false);
    this.#time.textContent = "";
    this.setState("idle", null);
  }

  #hideSource() {
    this.node.classList.add("source-hidden");
    const show = element("button", { type: "button", class: "show-code", onclick: () => { this.node.classList.remove("source-hidden"); show.remove(); } }, "Show the code");
    this.#box.before(show);
  }
}
