// Small helpers for building elements and for the one-time link.

/** An element with attributes, listeners (keys starting with "on") and children. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** The link's token has become a cookie; take it out of the address bar, so that it is not shown, copied or kept in history. */
export function hideToken() {
  const url = new URL(location.href);
  if (!url.searchParams.has("token")) return;
  url.searchParams.delete("token");
  history.replaceState(null, "", url);
}

let vendor;

/** True if the build holds a file that npm provides. */
export async function hasVendor(path) {
  vendor ??= fetch("/api/vendor").then((answer) => answer.ok ? answer.json() : []).catch(() => []);
  return (await vendor).includes(path);
}
