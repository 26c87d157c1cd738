// Figures: plotly.js, fetched when the first figure comes near the screen, in place of the still picture that is shown until then (and
// where plotly.js is not there). The course's own figures are drawn by /figure.js, the plotting library's script: theme, play, step, scrub.
import { element, hasVendor } from "./dom.js";
import { sanitize } from "./sanitize.js";

export const plotlyType = "application/vnd.plotly.v1+json";
const redrawPause = 100;
let library;

function load(src) {
  const script = element("script", { src });
  return new Promise((loaded, failed) => { script.onload = loaded; script.onerror = failed; document.head.append(script); });
}

function loadPlotly() {
  library ??= (async () => {
    if (!await hasVendor("plotly.min.js")) return null;
    await load("/vendor/plotly.min.js");
    await load("/figure.js");
    return window.Plotly;
  })().catch(() => null);
  return library;
}

const whenNear = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    whenNear.unobserve(target);
    target.plot.draw();
  }
}, { rootMargin: "400px" });

/** One figure in the page. */
export class Plot {
  #node = element("div", { class: "plot" });
  #figure;
  #still;
  #near = false;
  #timer;

  constructor(parent, figure, still) {
    this.#set(figure, still);
    this.#node.plot = this;
    this.#node.append(this.#stillPicture());
    parent.append(this.#node);
    whenNear.observe(this.#node);
  }

  /** Shows another figure in this one's place; of many in a row, as training makes them, a few a second are drawn. */
  replace(figure, still) {
    this.#set(figure, still);
    if (!this.#near) this.#node.replaceChildren(this.#stillPicture());
    else this.#timer ??= setTimeout(() => { this.#timer = undefined; this.draw(); }, redrawPause);
  }

  async draw() {
    this.#near = true;
    const plotly = await loadPlotly();
    if (!this.#node.isConnected) return;
    const before = [...this.#node.querySelectorAll(".js-plotly-plot")];
    this.#node.style.minHeight = `${this.#node.offsetHeight}px`;
    if (!plotly) this.#node.replaceChildren(this.#stillPicture());
    else if (this.#figure.layout?.meta?.dl) this.#drawOurs();
    else await this.#drawForeign(plotly);
    for (const old of before) plotly.purge(old);
    requestAnimationFrame(() => { this.#node.style.minHeight = ""; });
  }

  dispose() {
    clearTimeout(this.#timer);
    whenNear.unobserve(this.#node);
    for (const plot of this.#node.querySelectorAll(".js-plotly-plot")) window.Plotly?.purge(plot);
  }

  #set(figure, still) {
    this.#figure = typeof figure === "string" ? JSON.parse(figure) : figure;
    this.#still = still;
  }

  #drawOurs() {
    const json = element("script", { type: "application/json", class: "dl-json" }, JSON.stringify(this.#figure));
    this.#node.replaceChildren(element("div", { class: "dl-figure" }, json));
    window.dlFigures.scan(this.#node);
  }

  async #drawForeign(plotly) {
    const { data, layout, frames, config } = structuredClone(this.#figure);
    const canvas = element("div", { class: "plot-foreign" });
    this.#node.replaceChildren(canvas);
    try {
      await plotly.newPlot(canvas, { data, layout: { ...layout, autosize: true }, frames, config: { responsive: true, displaylogo: false, ...config, showSendToCloud: false } });
    } catch (problem) {
      this.#node.replaceChildren(this.#stillPicture(), element("p", { class: "plot-problem" }, `plotly.js could not draw this figure: ${problem.message ?? problem}`));
    }
  }

  // A shadow root: the picture's own style sheet and ids stay inside.
  #stillPicture() {
    const holder = element("div", { class: "dl-still" });
    if (this.#still) holder.attachShadow({ mode: "open" }).append(element("link", { rel: "stylesheet", href: "/output.css" }), sanitize(this.#still, { styles: true }));
    return holder;
  }
}
