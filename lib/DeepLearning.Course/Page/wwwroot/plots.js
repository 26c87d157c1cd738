// Figures: plotly.js, fetched when the first figure comes into view, over the still picture that is shown until then (and where it is not there).
import { element, hasVendor } from "./dom.js";
import { sanitize } from "./sanitize.js";

export const plotlyType = "application/vnd.plotly.v1+json";
const drawn = new Set();
let library;
let darkColours = {};

/** What each of the figures' colours becomes on a dark page. */
export function setDarkColours(colours) { darkColours = colours; }

const isDark = () => document.documentElement.dataset.theme === "dark";
const hexColour = /#[0-9a-f]{6}\b/gi;
const recolour = (text) => text.replace(hexColour, (colour) => darkColours[colour.toLowerCase()] ?? colour);

function themed(value) {
  if (typeof value === "string") return value.includes("#") ? recolour(value) : value;
  if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map(themed);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, themed(inner)]));
  return value;
}

function loadPlotly() {
  library ??= (async () => {
    if (!await hasVendor("plotly.min.js")) return null;
    const script = element("script", { src: "/vendor/plotly.min.js" });
    await new Promise((loaded, failed) => { script.onload = loaded; script.onerror = failed; document.head.append(script); });
    return window.Plotly;
  })().catch(() => null);
  return library;
}

const whenVisible = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    whenVisible.unobserve(target);
    target.plot.draw();
  }
}, { rootMargin: "400px" });

/** One figure in the page. */
export class Plot {
  #node = element("div", { class: "plot" });
  #canvas = null;
  #figure;
  #still;

  constructor(parent, figure, still) {
    this.#figure = figure;
    this.#still = still;
    this.#node.plot = this;
    parent.append(this.#node);
    this.#showStill();
    drawn.add(this);
    whenVisible.observe(this.#node);
  }

  get isInPage() { return this.#node.isConnected; }

  /** Shows another figure in place of this one, keeping the reader's view where plotly.js can. */
  replace(figure, still) {
    this.#figure = figure;
    this.#still = still;
    this.redraw();
  }

  redraw() { this.#canvas ? this.draw() : this.#showStill(); }

  async draw() {
    const plotly = await loadPlotly();
    if (!plotly || !this.isInPage) return;
    const { data, layout, frames, config } = structuredClone(isDark() ? themed(this.#figure) : this.#figure);
    const all = { data, layout: { ...layout, autosize: true }, frames, config: { responsive: true, displaylogo: false, ...config } };
    if (this.#canvas && !frames?.length) return plotly.react(this.#canvas, all);
    const canvas = element("div", { class: "plot-live" });
    this.#node.replaceChildren(canvas);
    if (this.#canvas) plotly.purge(this.#canvas);
    this.#canvas = canvas;
    try {
      await plotly.newPlot(canvas, all);
    } catch (problem) {
      this.#canvas = null;
      this.#showStill();
      console.warn("plotly.js could not draw this figure:", problem);
    }
  }

  dispose() {
    drawn.delete(this);
    if (this.#canvas) window.Plotly?.purge(this.#canvas);
  }

  #showStill() {
    if (!this.#still) return;
    const holder = element("div", { class: "plot-still" });
    holder.attachShadow({ mode: "open" }).append(sanitize(isDark() ? recolour(this.#still) : this.#still, { styles: true }));
    this.#node.replaceChildren(holder);
  }
}

document.addEventListener("themechange", () => {
  for (const plot of drawn) plot.isInPage ? plot.redraw() : plot.dispose();
});
