// What a cell has produced, in the notebook format's own terms: stream, display_data, execute_result, error.
import { element } from "./dom.js";
import { Plot, plotlyType } from "./plots.js";
import { sanitize } from "./sanitize.js";
import { TerminalText } from "./terminal-text.js";
import { showText } from "./text.js";

let renderMarkdown = async () => "";

/** Says how Markdown among the outputs becomes HTML: function(source) → promise of HTML. */
export function renderMarkdownWith(render) { renderMarkdown = render; }

const joined = (value) => Array.isArray(value) ? value.join("") : value;

/** A rich value; the richest of its formats is shown. */
class Display {
  #plot = null;

  constructor(parent, bundle, id) {
    this.id = id;
    this.node = element("div", { class: "display" });
    parent.append(this.node);
    this.show(bundle);
  }

  show(bundle) {
    const has = (type) => bundle[type] !== undefined;
    const still = () => joined(bundle["image/svg+xml"] ?? bundle["text/html"]);
    const figure = () => Array.isArray(bundle[plotlyType]) ? joined(bundle[plotlyType]) : bundle[plotlyType];
    if (this.#plot && has(plotlyType)) return this.#plot.replace(figure(), still());
    this.dispose();
    this.node.replaceChildren();
    if (has(plotlyType)) this.#plot = new Plot(this.node, figure(), still());
    else if (has("text/html")) this.#isolated(joined(bundle["text/html"]));
    else if (has("image/svg+xml")) this.#isolated(joined(bundle["image/svg+xml"]));
    else if (has("image/png")) this.#image("image/png", bundle);
    else if (has("image/jpeg")) this.#image("image/jpeg", bundle);
    else if (has("text/markdown")) this.#markdown(joined(bundle["text/markdown"]));
    else if (has("text/latex")) this.#latex(joined(bundle["text/latex"]));
    else this.node.append(element("pre", { class: "plain" }, this.#plain(bundle)));
  }

  dispose() {
    this.#plot?.dispose();
    this.#plot = null;
  }

  #plain(bundle) {
    const text = joined(bundle["text/plain"]);
    return text ?? JSON.stringify(Object.values(bundle)[0], null, 2) ?? "";
  }

  // A shadow root: an output's style sheet styles that output, and not the page.
  #isolated(html) {
    const holder = element("div", { class: "html" });
    holder.attachShadow({ mode: "open" }).append(element("link", { rel: "stylesheet", href: "/output.css" }), sanitize(html, { styles: true }));
    this.node.append(holder);
  }

  #image(type, bundle) {
    this.node.append(element("img", { src: `data:${type};base64,${joined(bundle[type]).replace(/\s/g, "")}`, alt: joined(bundle["text/plain"]) ?? "" }));
  }

  async #markdown(source) {
    const text = element("div", { class: "text" });
    this.node.append(text);
    showText(text, await renderMarkdown(source));
  }

  #latex(source) {
    const tex = source.trim().replace(/^\$+|\$+$/g, "");
    const formula = element("div", { class: "math" }, tex);
    showText(this.node, formula.outerHTML);
  }
}

export class OutputArea {
  #items = [];
  #clearFirst = false;

  constructor(node) { this.node = node; }

  get isEmpty() { return this.#items.length === 0; }

  load(outputs) {
    this.clear(false);
    for (const output of outputs) this.add(output);
  }

  add(output) {
    if (output.output_type === "stream") return this.stream(output.name, joined(output.text));
    this.#beforeOutput();
    if (output.output_type === "error") this.#items.push(this.#error(output));
    else this.#items.push(new Display(this.node, output.data ?? {}, output.transient?.display_id));
  }

  stream(name, text) {
    this.#beforeOutput();
    let last = this.#items.at(-1);
    if (!(last instanceof TerminalText) || last.name !== name) this.#items.push(last = new TerminalText(this.node, name));
    last.write(text);
  }

  update(id, bundle) {
    for (const item of this.#items) if (item instanceof Display && item.id === id) item.show(bundle);
  }

  clear(wait) {
    this.#clearFirst = wait;
    if (wait) return;
    for (const item of this.#items) item.dispose?.();
    this.#items = [];
    this.node.replaceChildren();
  }

  /** The cell has ended: an output that waited to be replaced and was not goes now. */
  settle() { this.#beforeOutput(); }

  #beforeOutput() {
    if (this.#clearFirst) this.clear(false);
  }

  #error({ ename, evalue, traceback }) {
    const trace = (traceback ?? []).map((line) => line.replace(/\x1b\[[0-9;]*m/g, "")).join("\n");
    const node = element("div", { class: "error" }, element("p", {}, element("strong", {}, ename), ` ${evalue}`));
    if (trace.trim()) node.append(element("pre", {}, trace));
    this.node.append(node);
    return { node };
  }
}
