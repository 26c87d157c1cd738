// One editor for a cell: CodeMirror where the build has it, else the plain one. Both offer the same few methods:
// code, setCode(text), focus(), markError(line), clearError().
import { hasVendor } from "./dom.js";
import { PlainEditor } from "./editor-plain.js";

const rich = hasVendor("codemirror.js").then((there) => there ? import("./editor-rich.js") : null).catch(() => null);

/**
 * @param parent the node to put it in
 * @param options code, language ("csharp" or "markdown"), label, onChange(), onRun(advance), onLeave(),
 *   complete(code, position) → {start, end, items} or null, inspect(code, position) → {signature, summary} or null
 */
export async function createEditor(parent, options) {
  const module = await rich;
  return module ? new module.RichEditor(parent, options) : new PlainEditor(parent, options);
}
