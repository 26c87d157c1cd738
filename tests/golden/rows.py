"""Reads golden rows out of C# test files and puts numbers back into them. Knows nothing of PyTorch."""

import math
import re
from dataclasses import dataclass, field
from pathlib import Path

WIDTH = 140
METHODS = {
    "Schedule": r"\[Fact\] // (.+)\n\s*public void (\w+)\(\) => AssertRates(?=\()",
    "Method": r"// (.+)\n\s*\[Theory.*\n\s*public void (\w+)\(string device\) => Golden\.Check(?=\()",
}
NUMBER_NAMES = {"nan": math.nan, "inf": math.inf}


@dataclass
class Row:
    """One golden row: where it stands, the expression above it, and its arguments as spans of the file's text."""

    path: Path
    line: int
    name: str
    kind: str               # the C# type of the row, such as GoldenRow
    expression: str         # the comment above, without a note behind #
    arguments: list         # (start, end) of each argument of the row in the text
    text: str = field(repr=False)

    def source(self, i):
        """Argument i as C# text."""
        start, end = self.arguments[i]
        return self.text[start:end]

    def __str__(self):
        return f"{self.path.name}:{self.line} {self.name}"


def read(path):
    """All golden rows of a file, in order."""
    text = path.read_text(encoding="utf-8-sig")
    rows = []
    for match in re.finditer(r"Dictionary<string, (.+)> \w+ = new\(\)\s*\{", text):
        rows += _dictionary(path, text, match)
    rows += _methods(path, text)
    return sorted(rows, key=lambda row: row.line)


def _dictionary(path, text, match):
    kind = _kind(match.group(1))
    if kind is None:
        return
    comment, at = None, match.end()
    while True:
        at = _skip_space(text, at)
        if text[at] == "}":
            return
        if text.startswith("//", at):
            end = text.index("\n", at)
            comment = text[at + 2:end].strip()
            at = end
            continue
        entry = re.compile(r'\["((?:[^"\\]|\\.)*)"\]\s*=\s*').match(text, at)
        if entry is None:
            raise ValueError(f"{path.name}: expected a row at: {text[at:at + 60]!r}")
        end = _expression_end(text, entry.end())
        expression, arguments = _without_note(comment or ""), _arguments(text, entry.end())
        yield Row(path, _line(text, at), entry.group(1), kind, expression, arguments, text)
        comment, at = None, end + (text[end] == ",")


def _kind(declared):
    if declared.endswith("Row"):
        return declared
    if declared == "double[][]":
        return "Recurrent"
    if "Lbfgs> Make" in declared:
        return "Lbfgs"
    return "Optimizer" if "Optimizer> Make" in declared else None


def _methods(path, text):
    """Rows that are a test method of their own: a schedule's rates, or one call of Golden.Check."""
    for kind, pattern in METHODS.items():
        for match in re.finditer(pattern, text):
            comment, name = match.groups()
            yield Row(path, _line(text, match.start()), name, kind, _without_note(comment), _list(text, match.end()), text)


def _without_note(comment):
    """The expression of a comment; behind two blanks and # there may be a note for people."""
    return comment.split("  # ")[0].strip()


def _line(text, at):
    return text.count("\n", 0, at) + 1


def _arguments(text, at):
    """The arguments of new(…), the parts of a tuple (…), or the items of […]."""
    return _list(text, at + 3 if text.startswith("new(", at) else at)


def _list(text, at):
    """What stands between the bracket at 'at' and its partner, cut at the commas."""
    parts, at = [], at + 1
    while True:
        at = _skip_space_and_comments(text, at)
        if text[at] in ")]}":
            return parts
        end = _expression_end(text, at)
        parts.append((at, at + len(text[at:end].rstrip())))
        at = end + (text[end] == ",")


def _expression_end(text, at):
    """The comma or closing bracket behind the expression that starts at 'at'."""
    depth = 0
    while True:
        c = text[at]
        if c in '"\'':
            at = _string_end(text, at)
            continue
        if text.startswith("//", at):
            at = text.index("\n", at)
            continue
        if c in "([{":
            depth += 1
        elif c in ")]}":
            if depth == 0:
                return at
            depth -= 1
        elif c == "," and depth == 0:
            return at
        at += 1


def _string_end(text, at):
    quote, at = text[at], at + 1
    while text[at] != quote:
        at += 2 if text[at] == "\\" else 1
    return at + 1


def _skip_space(text, at):
    while text[at].isspace():
        at += 1
    return at


def _skip_space_and_comments(text, at):
    at = _skip_space(text, at)
    while text.startswith("//", at):
        at = _skip_space(text, text.index("\n", at))
    return at


def numbers(source):
    """A C# literal such as [1, 2] or [[1], [double.NaN]] as Python lists."""
    source = re.sub(r"//.*", "", source)
    source = source.replace("double.NaN", "nan").replace("double.PositiveInfinity", "inf").replace("double.NegativeInfinity", "-inf")
    return eval(source, {"__builtins__": {}}, NUMBER_NAMES)     # only ever text of this repository


def literal(values, digits, indent, column):
    """Numbers, or lists of them, as a C# literal that starts at a column and keeps to the width of the code."""
    text = ""
    for word in _words(values, digits):
        if text and column + 1 + len(word) > WIDTH - 2:
            text, column = f"{text}\n{' ' * indent}{word}", indent + len(word)
        else:
            text, column = f"{text} {word}" if text else word, column + len(word) + 1
    return text


def _words(values, digits):
    if not isinstance(values, list):
        return [_number(values, digits)]
    words = []
    for i, value in enumerate(values):
        inner = _words(value, digits)
        inner[-1] += "," if i < len(values) - 1 else ""
        words += inner
    if not words:
        return ["[]"]
    words[0] = "[" + words[0]
    words[-1] += "]"
    return words


def _number(value, digits):
    if math.isnan(value):
        return "double.NaN"
    if math.isinf(value):
        return "double.PositiveInfinity" if value > 0 else "double.NegativeInfinity"
    text = f"{value:.{digits}g}"
    return "0" if float(text) == 0 else text


def replace(row, first, values, digits):
    """
    The file's text with the arguments from 'first' on replaced by the values, None for those that stay. Where there are as many as before,
    each takes its place, so that comments between them stay; otherwise they are written one behind the other.
    """
    spans = row.arguments[first:]
    text = row.text
    if len(spans) == len(values):
        for (start, end), value in reversed(list(zip(spans, values))):
            if value is None:
                continue
            text = text[:start] + literal(value, digits, _indent(text, start), _column(text, start)) + text[end:]
        return text
    start = row.arguments[first - 1][1]
    end = row.arguments[-1][1]
    pad = _indent(text, row.arguments[0][0]) + 4
    return text[:start] + "".join(f",\n{' ' * pad}{literal(value, digits, pad, pad)}" for value in values) + text[end:]


def _column(text, at):
    return at - text.rfind("\n", 0, at) - 1


def _indent(text, at):
    line = text[text.rfind("\n", 0, at) + 1:at]
    return len(line) - len(line.lstrip())
