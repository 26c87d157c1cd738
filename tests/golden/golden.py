#!/usr/bin/python3
"""Compares the golden rows of the C# tests with PyTorch, or fills them in."""

import argparse
import math
import sys
import warnings
from collections import Counter
from pathlib import Path

import rows
import setups

EXAMPLES = """examples:
  golden.py check                                 everything against PyTorch
  golden.py check LossGolden Pooling              some files
  golden.py write LayerGoldenTests --row Mish     one new row
  golden.py list Schedule                         rows and the expressions above them"""

TESTS = Path(__file__).resolve().parent.parent / "DeepLearning.Tests"


def difference(expected, actual, where="numbers"):
    """The first place at which two nested lists are not the same to nine digits, or to 1e-12 near zero; None if there is none."""
    if isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            return f"{where} has {len(actual)} entries, PyTorch {len(expected)}"
        found = (difference(e, a, f"{where}[{i}]") for i, (e, a) in enumerate(zip(expected, actual)))
        return next((f for f in found if f), None)
    if isinstance(expected, list) or isinstance(actual, list):
        return f"{where} is {actual}, PyTorch has {expected}"
    same = expected == actual or math.isnan(expected) and math.isnan(actual) or abs(expected - actual) <= 1e-9 * abs(expected) + 1e-12
    return None if same else f"{where} is {actual:.12g}, PyTorch says {expected:.12g}"


def files(names):
    found = [path for path in sorted(TESTS.rglob("*.cs")) if not names or any(name in path.name for name in names)]
    return [path for path in found if "obj" not in path.parts and "bin" not in path.parts]


def compare(row):
    """Where the row's numbers begin, what they are and what PyTorch computes, and what is wrong with them, None if nothing is."""
    try:
        first, expected = setups.compute(row)
        actual = [rows.numbers(row.source(i)) for i in range(first, len(row.arguments))]
        return first, actual, expected, difference(expected, actual)
    except Exception as error:     # a row that does not run is a row that is wrong
        return None, None, None, f"{type(error).__name__}: {error}"


def write(row):
    """Fills in a row that PyTorch sees otherwise; what is wrong with it, if that cannot be."""
    first, actual, expected, fault = compare(row)
    if fault and expected is not None:
        if len(actual) == len(expected):
            expected = [None if difference(e, a) is None else e for e, a in zip(expected, actual)]
        row.path.write_text(rows.replace(row, first, expected, setups.KINDS[row.kind][1]), encoding="utf-8")
        print(f"written: {row}")
        fault = None
    return fault


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=EXAMPLES)
    parser.add_argument("command", choices=["check", "write", "list"],
                        help="check: compare all numbers; write: fill in new and changed rows; list: rows and their expressions")
    parser.add_argument("files", nargs="*", help="parts of file names; all files if none is given")
    parser.add_argument("--row", help="only the row of this name")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", message="Using padding='same'")

    counts, wrong = Counter(), 0
    for path in files(options.files):
        found = rows.read(path)
        for i in range(len(found)):
            row = rows.read(path)[i] if options.command == "write" else found[i]     # a written row moves those behind it
            if options.row and row.name != options.row:
                continue
            counts[path.name] += 1
            if options.command == "list":
                print(f"{row}: {row.expression}")
                continue
            fault = write(row) if options.command == "write" else compare(row)[-1]
            if fault:
                wrong += 1
                print(f"{row}\n  {row.expression}\n  {fault}")
    for name, n in counts.items():
        print(f"{n:4} {name}")
    print(f"{counts.total()} rows, {wrong} wrong")
    sys.exit(1 if wrong or not counts else 0)


if __name__ == "__main__":
    main()
