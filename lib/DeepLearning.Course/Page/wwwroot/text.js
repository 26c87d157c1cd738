// Markdown from the server becomes page content: cleaned, with formulas set and code coloured.
import { hasVendor } from "./dom.js";
import { highlight } from "./highlight.js";
import { sanitize } from "./sanitize.js";

let katex;

function loadKatex() {
  katex ??= (async () => {
    if (!await hasVendor("katex/katex.min.js")) return null;
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/vendor/katex/katex.min.css" });
    const script = Object.assign(document.createElement("script"), { src: "/vendor/katex/katex.min.js" });
    await new Promise((loaded, failed) => { script.onload = loaded; script.onerror = failed; document.head.append(sheet, script); });
    return window.katex;
  })().catch(() => null);
  return katex;
}

/** Sets every formula under a node; without KaTeX it stays as TeX, without the delimiters. */
async function setFormulas(node) {
  const formulas = [...node.querySelectorAll(".math")];
  if (!formulas.length) return;
  for (const formula of formulas) {
    const tex = formula.textContent.trim().replace(/^\\[([]|\\[)\]]$/g, "").trim();
    formula.dataset.tex = tex;
    formula.classList.add("tex-source");
    formula.textContent = tex;
  }
  const renderer = await loadKatex();
  if (!renderer) return;
  for (const formula of formulas) {
    formula.classList.remove("tex-source");
    renderer.render(formula.dataset.tex, formula, { displayMode: formula.matches("div, .math-display"), throwOnError: false, strict: "ignore", trust: false });
  }
}

/** Fills a node with rendered Markdown. */
export function showText(node, html) {
  node.replaceChildren(sanitize(html));
  for (const code of node.querySelectorAll("pre > code.language-csharp, pre > code.language-cs")) code.replaceChildren(highlight(code.textContent));
  for (const image of node.querySelectorAll("img")) image.loading = "lazy";
  for (const table of node.querySelectorAll("table")) {
    const scroller = document.createElement("div");
    scroller.className = "table-scroll";
    table.replaceWith(scroller);
    scroller.append(table);
  }
  setFormulas(node);
}
