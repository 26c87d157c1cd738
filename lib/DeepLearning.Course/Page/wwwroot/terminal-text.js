// Text written to a stream, as a terminal would show it: \r goes back to the start of the line and what follows overwrites it.
import { element } from "./dom.js";

const shownLines = 400;
const escapes = /\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g;

export class TerminalText {
  #lines = [""];
  #column = 0;
  #all = false;
  #scheduled = false;
  #pre = element("pre", { class: "stream-text" });
  #more = element("button", { type: "button", class: "show-all", hidden: true, onclick: () => { this.#all = true; this.#paint(); } });

  constructor(parent, name) {
    this.name = name;
    this.node = element("div", { class: `stream stream-${name}` }, this.#more, this.#pre);
    parent.append(this.node);
  }

  write(text) {
    for (const piece of text.replace(escapes, "").replaceAll("\r\n", "\n").split(/(\r|\n)/)) {
      if (piece === "\n") { this.#lines.push(""); this.#column = 0; }
      else if (piece === "\r") this.#column = 0;
      else if (piece) {
        const line = this.#lines.at(-1);
        this.#lines[this.#lines.length - 1] = line.slice(0, this.#column) + piece + line.slice(this.#column + piece.length);
        this.#column += piece.length;
      }
    }
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => { this.#scheduled = false; this.#paint(); });
  }

  // A cell that prints without end shows its last lines; the rest is one press away.
  #paint() {
    const hidden = this.#all ? 0 : Math.max(0, this.#lines.length - shownLines);
    this.#pre.textContent = this.#lines.slice(hidden).join("\n");
    this.#more.hidden = hidden === 0;
    this.#more.textContent = `Show all ${this.#lines.length.toLocaleString("en")} lines`;
  }
}
