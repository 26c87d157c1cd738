// What HTML from Markdown or from an output may hold. Scripts could not run anyway (the server's Content-Security-Policy); this also
// keeps out forms, frames, redirects and whatever else could pose as the page or leave it.

const htmlTags = new Set(`a abbr article aside b blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption
  figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark meter ol p picture pre progress q s samp section small source span strong sub summary sup
  table tbody td tfoot th thead time tr u ul var video audio input`.split(/\s+/));
const svgTags = new Set(`svg g path line polyline polygon rect circle ellipse text tspan textpath defs symbol use marker lineargradient radialgradient
  stop clippath mask pattern title desc image filter fegaussianblur feoffset feblend fecolormatrix fecomposite feflood femerge
  femergenode`.split(/\s+/));
const urlAttributes = new Set(["href", "src", "xlink:href", "srcset", "poster"]);

function safeUrl(tag, name, value) {
  const url = value.trim().toLowerCase();
  if (tag === "a" && name === "href") return /^(https?:|mailto:|#|[^:]*$)/.test(url);
  if (name === "href" || name === "xlink:href") return url.startsWith("#") || url.startsWith("data:image/");
  return url.startsWith("data:image/") || !/^[a-z][a-z0-9+.-]*:|^\/\//.test(url);
}

function clean(node, styles) {
  for (const child of [...node.children]) {
    const tag = child.localName.toLowerCase();
    const allowed = tag === "style" ? styles : child.namespaceURI === "http://www.w3.org/2000/svg" ? svgTags.has(tag) : htmlTags.has(tag);
    if (!allowed || (tag === "input" && child.getAttribute("type") !== "checkbox")) {
      child.remove();
      continue;
    }
    for (const { name, value } of [...child.attributes]) {
      const lower = name.toLowerCase();
      if (lower.startsWith("on") || (urlAttributes.has(lower) && !safeUrl(tag, lower, value))) child.removeAttribute(name);
    }
    if (tag === "a" && /^https?:/i.test(child.getAttribute("href") ?? "")) {
      child.setAttribute("target", "_blank");
      child.setAttribute("rel", "noopener noreferrer");
    }
    if (tag === "input") child.setAttribute("disabled", "");
    clean(child, styles);
  }
}

/** HTML text as a fragment that holds only what is on the list; style sheets only where asked for, inside a shadow root. */
export function sanitize(html, { styles = false } = {}) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const holder = document.createElement("template").content;
  holder.append(...parsed.head.querySelectorAll("style"), ...parsed.body.childNodes);
  clean(holder, styles);
  return holder;
}
