import { element } from "./dom.js";

/** Asks a question; true if the answer is the named action. */
export function confirmIn(question, action) {
  return new Promise((resolve) => {
    const dialog = element("dialog", { class: "question", onclose: () => { dialog.remove(); resolve(dialog.returnValue === "yes"); } },
      element("p", {}, question),
      element("div", { class: "question-buttons" },
        element("button", { type: "button", onclick: () => dialog.close("no") }, "Cancel"),
        element("button", { type: "button", class: "primary", onclick: () => dialog.close("yes") }, action)));
    document.body.append(dialog);
    dialog.showModal();
  });
}
