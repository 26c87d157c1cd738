// C# colouring by one regular expression: for code in the text, and for the plain editor where CodeMirror is not there.
import { element } from "./dom.js";

const keywords = `abstract as async await base bool break byte case catch char checked class const continue decimal default delegate do double else
  enum event explicit extern false finally fixed float for foreach get global goto if implicit in init int interface internal is lock long
  nameof namespace new not null object operator or and out override params private protected public readonly record ref required return sbyte
  sealed set short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using value var
  virtual void volatile when where while with yield`.trim().split(/\s+/).join("|");

const token = new RegExp([
  String.raw`(?<comment>\/\/.*|\/\*[\s\S]*?(?:\*\/|$))`,
  String.raw`(?<string>"""[\s\S]*?(?:"""|$)|(?:\$@|@\$|@)"(?:[^"]|"")*(?:"|$)|\$?"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)+')`,
  String.raw`(?<directive>^[ \t]*#.*$)`,
  String.raw`(?<number>\b(?:0[xXbB][\da-fA-F_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)[fFdDmMuUlL]*\b)`,
  String.raw`(?<keyword>\b(?:${keywords})\b)`,
  String.raw`(?<type>\b[A-Z]\w*(?=\s+[a-z_]\w*\s*[=;,)]|\s*[<.(]))`,
].join("|"), "gm");

/** The code as text nodes and coloured spans. */
export function highlight(code) {
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const match of code.matchAll(token)) {
    fragment.append(code.slice(at, match.index));
    const [kind] = Object.entries(match.groups).find(([, text]) => text !== undefined);
    fragment.append(element("span", { class: `hl-${kind}` }, match[0]));
    at = match.index + match[0].length;
  }
  fragment.append(code.slice(at));
  return fragment;
}
