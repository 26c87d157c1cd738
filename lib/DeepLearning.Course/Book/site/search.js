// Full-text search. The index is a script, loaded when the search is first used.
(() => {
  "use strict";
  const box = document.getElementById("search"), found = document.getElementById("found");
  if (!box) return;
  const most = 12, around = 70;
  const fold = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
  let index = null;

  async function ready() {
    if (index) return;
    await window.bookLoad("assets/search-index.js");
    const { pages, sections } = window.bookIndex;
    index = sections.map((section) => ({
      ...section, page: pages[section.page],
      folded: { heading: fold(section.heading), title: fold(pages[section.page].title), text: fold(section.text), code: fold(section.code) },
    }));
  }

  const escape = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const startsWord = (word) => new RegExp(`(?<![\\p{L}\\p{N}_])${escape(word)}`, "u");

  /** Sections that hold every word; a heading counts most, the start of a word more than its middle. */
  function search(query) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (!words.length) return { words, hits: [] };
    const places = [["heading", 8], ["title", 4], ["text", 2], ["code", 1]];
    const hits = [];
    for (const section of index) {
      let score = 0;
      const all = words.every((word) => {
        let best = 0;
        for (const [place, weight] of places) {
          const text = section.folded[place];
          if (text.includes(word)) best = Math.max(best, startsWord(word).test(text) ? weight : weight / 4);
        }
        score += best;
        return best > 0;
      });
      if (all) hits.push({ section, score });
    }
    hits.sort((a, b) => b.score - a.score);
    return { words, hits };
  }

  // The folded text may differ in length from the text (é is one letter or two), so marks are found letter by letter.
  function positions(text, words) {
    const starts = [];
    let folded = "";
    for (let i = 0; i < text.length; i++) {
      const letter = fold(text[i]);
      for (let k = 0; k < letter.length; k++) starts.push(i);
      folded += letter;
    }
    starts.push(text.length);
    const marks = [];
    for (const word of words) {
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) marks.push([starts[at], starts[at + word.length]]);
    }
    return marks.sort((a, b) => a[0] - b[0]);
  }

  function marked(text, words) {
    const line = document.createDocumentFragment();
    let at = 0;
    for (const [from, to] of positions(text, words)) {
      if (from < at) continue;
      line.append(text.slice(at, from), Object.assign(document.createElement("mark"), { textContent: text.slice(from, to) }));
      at = to;
    }
    line.append(text.slice(at));
    return line;
  }

  function snippet({ text, code }, words) {
    const source = positions(text, words).length || !positions(code, words).length ? text : code;
    const first = positions(source, words)[0]?.[0] ?? 0;
    const from = Math.max(0, first - around), to = Math.min(source.length, first + 2 * around);
    return `${from > 0 ? "…" : ""}${source.slice(from, to).replace(/\s+/g, " ")}${to < source.length ? "…" : ""}`;
  }

  function entry({ section }, words) {
    const link = Object.assign(document.createElement("a"), { href: `${section.page.url}#${encodeURIComponent(section.anchor)}` });
    const place = Object.assign(document.createElement("small"), { textContent: [section.page.number, section.page.title].filter(Boolean).join(" · ") });
    const heading = document.createElement("strong"), excerpt = document.createElement("span");
    heading.append(marked(section.heading, words));
    excerpt.append(marked(snippet(section, words), words));
    link.append(place, heading, excerpt);
    return link;
  }

  async function show() {
    const query = box.value.trim();
    if (!query) {
      found.hidden = true;
      return;
    }
    await ready();
    if (box.value.trim() !== query) return;
    const { words, hits } = search(query);
    const count = document.createElement("p");
    count.textContent = hits.length === 0 ? `Nothing in the book holds “${query}”.` : hits.length > most ? `The ${most} best of ${hits.length} places` : `${hits.length} ${hits.length === 1 ? "place" : "places"}`;
    found.replaceChildren(count, ...hits.slice(0, most).map((hit) => entry(hit, words)));
    found.hidden = false;
  }

  const close = () => { found.hidden = true; };
  const links = () => [...found.querySelectorAll("a")];

  box.addEventListener("input", () => show().catch((problem) => console.warn(problem.message)));
  box.addEventListener("focus", () => { if (box.value) show().catch((problem) => console.warn(problem.message)); });
  found.addEventListener("click", (event) => { if (event.target.closest("a")) close(); });
  document.addEventListener("click", (event) => { if (!event.target.closest(".search")) close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
    }
    if (found.hidden) return;
    if (event.key === "Escape") {
      close();
      box.focus();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = [box, ...links()], at = all.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    all[(at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length].focus();
  });
  box.addEventListener("keydown", (event) => { if (event.key === "Enter") links()[0]?.click(); });
})();
