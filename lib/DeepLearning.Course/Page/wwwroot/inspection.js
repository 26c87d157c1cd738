import { element } from "./dom.js";
import { highlight } from "./highlight.js";

/** What is known of a name: its declaration, and under it its documentation. */
export function inspectionCard({ signature, summary }) {
  const declaration = element("code", { class: "inspection-signature" });
  declaration.append(highlight(signature));
  return element("div", { class: "inspection" }, declaration, ...(summary ? [element("p", {}, summary)] : []));
}
