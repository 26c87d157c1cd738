// Brings a page of the book to life: formulas, plots, the list of sections. A classic script: a page opened from a folder may load no modules.
(() => {
  "use strict";
  const meta = (name) => document.querySelector(`meta[name="book-${name}"]`)?.content;
  const scripts = new Map();

  /** Loads a script once; a promise. */
  function load(src) {
    if (!scripts.has(src)) {
      scripts.set(src, new Promise((loaded, failed) => {
        const script = Object.assign(document.createElement("script"), { src, onload: loaded, onerror: () => failed(new Error(`${src} is missing`)) });
        document.head.append(script);
      }));
    }
    return scripts.get(src);
  }
  window.bookLoad = load;

  // Formulas

  async function setFormulas() {
    const formulas = document.querySelectorAll(".math.tex-source"), source = meta("katex");
    if (!formulas.length || !source) return;
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: source.replace(/\.js$/, ".css") }));
    await load(source);
    for (const formula of formulas) {
      formula.classList.remove("tex-source");
      window.katex.render(formula.textContent, formula, { displayMode: formula.matches("div, .math-display"), throwOnError: false, strict: "ignore", trust: false });
    }
  }

  // Plots: the still picture stands until the plot comes near the screen; then plotly.js, loaded once, takes its place.

  const figures = new Map();
  window.bookFigure = (name, figure) => figures.set(name, figure);

  async function draw(box) {
    const name = box.dataset.figure;
    await Promise.all([load(meta("plotly")), load(`figures/${encodeURIComponent(name)}.js`)]);
    await load("assets/figure.js");
    const figure = figures.get(name);
    if (figure.layout?.meta?.dl) window.dlFigures.render(box, figure);
    else await drawForeign(box, figure);
  }

  async function drawForeign(box, { data, layout, frames, config }) {
    const canvas = Object.assign(document.createElement("div"), { className: "dl-plot plot-foreign" });
    box.append(canvas);
    try {
      await window.Plotly.newPlot(canvas, { data, layout: { ...layout, autosize: true }, frames, config: { responsive: true, displaylogo: false, ...config, showSendToCloud: false } });
      box.querySelector(".dl-still").style.display = "none";
    } catch (problem) {
      canvas.remove();
      console.warn(`plotly.js could not draw this figure: ${problem.message ?? problem}`);
    }
  }

  function watchPlots() {
    if (!meta("plotly")) return;
    const near = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        draw(target).catch((problem) => console.warn(problem.message));
      }
    }, { rootMargin: "300px" });
    for (const box of document.querySelectorAll("[data-figure]")) near.observe(box);
  }

  // Sections: open beside the text where there is room, closed above it where there is not; the one being read is marked.

  function watchSections() {
    const list = document.querySelector(".sections");
    if (!list) return;
    const wide = matchMedia("(min-width: 80rem)");
    const fit = () => { list.open = wide.matches; };
    wide.addEventListener("change", fit);
    fit();
    list.addEventListener("click", (event) => { if (event.target.closest("a") && !wide.matches) list.open = false; });
    const links = new Map([...list.querySelectorAll("a")].map((link) => [document.getElementById(decodeURIComponent(link.hash.slice(1))), link]));
    const mark = () => {
      let current = null;
      for (const [heading, link] of links) {
        if (heading && heading.getBoundingClientRect().top < 120) current = link;
        link.removeAttribute("aria-current");
      }
      if (!current) return;
      current.setAttribute("aria-current", "true");
      if (wide.matches) current.scrollIntoView({ block: "nearest" });
    };
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); });
    }, { passive: true });
    mark();
  }

  setFormulas().catch((problem) => console.warn(problem.message));
  watchPlots();
  watchSections();
})();
