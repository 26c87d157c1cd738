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

function canMove(element, figure) {
  return isOurs(figure) && !figure.frames && element.box?.dlUpdate !== undefined;
}

const isOurs = (figure) => figure.layout?.meta?.dl !== undefined;

async function draw(element) {
  await loadLibrary();
  const figure = element.figure;
  if (!canMove(element, figure)) {
    element.style.minHeight = `${element.offsetHeight}px`;
    for (const plot of element.querySelectorAll(".js-plotly-plot")) window.Plotly.purge(plot);
    element.box = document.createElement("div");
    element.replaceChildren(element.box);
    requestAnimationFrame(() => { element.style.minHeight = ""; });
  }
  if (isOurs(figure)) await window.dlFigures.render(element.box, figure);
  else await window.Plotly.newPlot(element.box, { ...figure, layout: { ...figure.layout, autosize: true }, config: { responsive: true, displaylogo: false, ...figure.config, showSendToCloud: false } });
}

// Draws the latest figure; one drawing at a time, and a pause between two.
async function drawAll(element) {
  element.drawing = true;
  try {
    while (element.waiting) {
      element.waiting = false;
      await draw(element);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  } catch (problem) {
    element.textContent = `This figure could not be drawn: ${problem.message}`;
  } finally {
    element.drawing = false;
  }
}

export const activate = () => ({
  // Called again for the same element when a display is updated; of many updates in a row, as training makes them, a few a second are drawn.
  renderOutputItem(item, element) {
    element.figure = item.json();
    element.waiting = true;
    if (!element.drawing) drawAll(element);
  },
});
