// The first page: the lessons, grouped as in the syllabus.
import { element, hideToken } from "./dom.js";

function card(lesson) {
  return element("a", { class: "card", href: `/lesson/${lesson.path.split("/").map(encodeURIComponent).join("/")}` },
    element("span", { class: "card-number", "aria-hidden": "true" }, lesson.number ?? "·"),
    element("span", { class: "card-text" },
      element("span", { class: "card-title" }, lesson.title),
      element("span", { class: "card-question" }, lesson.question ?? "")));
}

async function show() {
  const main = document.getElementById("lessons");
  const answer = await fetch("/api/lessons");
  if (!answer.ok) {
    main.append(element("p", { class: "empty" }, await answer.text()));
    return;
  }
  const { folder, groups, notice } = await answer.json();
  for (const group of groups) {
    main.append(element("section", { "aria-label": group.title },
      element("h2", {}, group.title),
      element("div", { class: "cards" }, ...group.lessons.map(card))));
  }
  if (!groups.length) main.append(element("p", { class: "empty" }, `There is no notebook in ${folder}. Put an .ipynb file there and reload this page.`));
  if (notice) document.getElementById("notice").append(element("p", {}, notice));
  main.removeAttribute("aria-busy");
}

hideToken();
show();
