// Gathers in vendor/ the files the course's pages load: plotly.js and KaTeX as published, CodeMirror bundled into one module.
import { cp, mkdir, readdir, rm } from "node:fs/promises";
import { build } from "esbuild";

const out = "vendor";
await rm(out, { recursive: true, force: true });
await mkdir(`${out}/katex/fonts`, { recursive: true });

await build({ entryPoints: ["codemirror.js"], bundle: true, minify: true, format: "esm", outfile: `${out}/codemirror.js`, logLevel: "warning" });

await cp("node_modules/plotly.js-dist-min/plotly.min.js", `${out}/plotly.min.js`);
await cp("node_modules/katex/dist/katex.min.js", `${out}/katex/katex.min.js`);
await cp("node_modules/katex/dist/katex.min.css", `${out}/katex/katex.min.css`);
for (const font of await readdir("node_modules/katex/dist/fonts")) {
  if (font.endsWith(".woff2")) await cp(`node_modules/katex/dist/fonts/${font}`, `${out}/katex/fonts/${font}`);
}
