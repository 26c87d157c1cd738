// The editor without CodeMirror: a text area over a coloured copy of its text, with indentation, a completion list and inspection.
import { element } from "./dom.js";
import { highlight } from "./highlight.js";
import { inspectionCard } from "./inspection.js";

const indent = "    ";

export class PlainEditor {
  #options;
  #area;
  #copy;
  #popup;
  #errorLine = 0;

  constructor(parent, options) {
    this.#options = options;
    this.#copy = element("pre", { class: "plain-copy", "aria-hidden": "true" });
    this.#area = element("textarea", {
      class: "plain-area", "aria-label": options.label, spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: options.language === "csharp" ? "off" : "soft",
      oninput: () => this.#changed(), onkeydown: (event) => this.#key(event), onblur: () => this.#close(),
    });
    this.#area.value = options.code;
    parent.append(element("div", { class: `plain-editor plain-${options.language}` }, this.#copy, this.#area));
    this.#paint();
  }

  get code() { return this.#area.value; }

  setCode(text) { this.#area.value = text; this.#changed(); }

  focus() { this.#area.focus(); }

  markError(line) { this.#errorLine = line; this.#paint(); }

  clearError() { this.markError(0); }

  #changed() {
    this.#errorLine = 0;
    this.#close();
    this.#paint();
    this.#options.onChange();
  }

  #paint() {
    // The last line needs something on it, or the copy is one line lower than the text area.
    const text = `${this.#area.value}\n`;
    this.#copy.replaceChildren(this.#options.language === "csharp" ? highlight(text) : text);
    if (this.#errorLine) {
      this.#copy.append(element("span", { class: "error-line plain-error", style: `top: calc(var(--pad) + ${this.#errorLine - 1} * var(--line))` }));
    }
  }

  #key(event) {
    if (this.#popup?.items && this.#popupKey(event)) return event.preventDefault();
    const isCode = this.#options.language === "csharp";
    if (event.key === "Enter" && (event.shiftKey || event.ctrlKey || event.metaKey)) this.#options.onRun(event.shiftKey);
    else if (event.key === "Escape") this.#popup ? this.#close() : this.#options.onLeave();
    else if (isCode && event.key === "Tab" && event.shiftKey) this.#inspect();
    else if (isCode && event.key === "Tab" && !event.ctrlKey) this.#insert(indent);
    else if (isCode && event.key === " " && event.ctrlKey) this.#complete();
    else if (isCode && event.key === "Enter") this.#insert(`\n${this.#indentOfNextLine()}`);
    else return;
    event.preventDefault();
  }

  // execCommand is the one way to insert text that keeps the browser's undo history.
  #insert(text) { document.execCommand("insertText", false, text); }

  #indentOfNextLine() {
    const line = this.#area.value.slice(0, this.#area.selectionStart).split("\n").at(-1);
    return /^\s*/.exec(line)[0] + (/[{([]\s*$/.test(line) ? indent : "");
  }

  async #complete() {
    const position = this.#area.selectionStart;
    const answer = await this.#options.complete(this.code, position);
    if (!answer?.items || this.#area.selectionStart !== position) return;
    const begun = this.code.slice(answer.start, position).toLowerCase();
    const items = answer.items.filter(({ text }) => text.toLowerCase().startsWith(begun)).slice(0, 200);
    if (!items.length) return;
    const list = element("ul", { class: "completion", role: "listbox" }, ...items.map((item) =>
      element("li", { role: "option", title: item.summary ?? "", onmousedown: (event) => { event.preventDefault(); this.#accept(item); } },
        item.text, element("small", {}, item.kind.toLowerCase()))));
    this.#open(list);
    Object.assign(this.#popup, { items, start: answer.start, end: answer.end });
    this.#select(0);
  }

  async #inspect() {
    const found = await this.#options.inspect(this.code, this.#area.selectionStart);
    if (found) this.#open(inspectionCard(found));
  }

  #open(node) {
    this.#close();
    const before = this.#area.value.slice(0, this.#area.selectionStart).split("\n");
    node.classList.add("plain-popup");
    node.style.top = `calc(var(--pad) + ${before.length} * var(--line))`;
    node.style.left = `min(calc(var(--pad) + ${before.at(-1).length}ch), 60%)`;
    this.#area.parentElement.append(node);
    this.#popup = { node };
  }

  #close() {
    this.#popup?.node.remove();
    this.#popup = undefined;
  }

  #popupKey({ key }) {
    const { items, selected } = this.#popup;
    if (key === "ArrowDown") this.#select((selected + 1) % items.length);
    else if (key === "ArrowUp") this.#select((selected + items.length - 1) % items.length);
    else if (key === "Enter" || key === "Tab") this.#accept(items[selected]);
    else return false;
    return true;
  }

  #select(index) {
    const { node, selected } = this.#popup;
    node.children[selected]?.removeAttribute("aria-selected");
    node.children[index].setAttribute("aria-selected", "true");
    node.children[index].scrollIntoView({ block: "nearest" });
    this.#popup.selected = index;
  }

  #accept(item) {
    const { start, end } = this.#popup;
    this.#close();
    this.#area.focus();
    this.#area.setSelectionRange(start, end);
    this.#insert(item.text);
  }
}
