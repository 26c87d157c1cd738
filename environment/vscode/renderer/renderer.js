// Draws plotly figures. The course's own are drawn by figure.js, the plotting library's script: theme, play, step, scrub.
const pause = 100;
let library;

function load(file) {
  const script = document.createElement("script");
  script.src = new URL(file, import.meta.url).href;
  return new Promise((loaded, failed) => {
    script.onload = loaded;
    script.onerror = () => failed(new Error(`${file} could not be loaded`));
    document.head.append(script);
  });
}

function loadLibrary() {
  library ??= load("./plotly.min.js").then(() => load("./figure.js"));
  return library;
}

function purge(element) {
  for (const plot of element.querySelectorAll(".js-plotly-plot")) window.Plotly.purge(plot);
}

async function draw(element) {
  await loadLibrary();
  const figure = element.figure;
  element.style.minHeight = `${element.offsetHeight}px`;
  purge(element);
  const box = document.createElement("div");
  element.replaceChildren(box);
  if (figure.layout?.meta?.dl) window.dlFigures.render(box, figure);
  else await window.Plotly.newPlot(box, { ...figure, layout: { ...figure.layout, autosize: true }, config: { responsive: true, displaylogo: false, ...figure.config } });
  requestAnimationFrame(() => { element.style.minHeight = ""; });
}

function say(element, problem) {
  element.textContent = `This figure could not be drawn: ${problem.message}`;
}

export const activate = () => ({
  // Called again for the same element when a display is updated; of many updates in a row, as training makes them, a few a second are drawn.
  async renderOutputItem(item, element) {
    element.figure = item.json();
    if (!element.timer && !element.hasChildNodes()) element.last = 0;
    element.timer ??= setTimeout(() => {
      element.timer = undefined;
      element.last = Date.now();
      draw(element).catch((problem) => say(element, problem));
    }, Math.max(0, (element.last ?? 0) + pause - Date.now()));
  },

  disposeOutputItem(id) {
    if (!id) for (const plot of document.querySelectorAll(".js-plotly-plot")) window.Plotly?.purge(plot);
  },
});
