"""Runs a cell, and the first cells of a lesson, in the installed kernel; used by check.sh."""
import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient

notebooks = Path(os.environ["HOME"]) / "course" / "notebooks"


def run(notebook):
    NotebookClient(notebook, timeout=120, kernel_name=notebook.metadata.kernelspec.name, resources={"metadata": {"path": str(notebooks)}}).execute()
    return notebook


lesson = nbformat.read(sorted(notebooks.glob("*.ipynb"))[0], as_version=4)
lesson.cells = [cell for cell in lesson.cells if cell.cell_type == "code"][:3]
run(lesson)

small = nbformat.v4.new_notebook(metadata=lesson.metadata, cells=[nbformat.v4.new_code_cell("6 * 7")])
answer = run(small).cells[0].outputs[0]["data"]["text/plain"]
assert answer == "42", f"6 * 7 gave {answer}"
print(f"{lesson.metadata.kernelspec.name}: 6 * 7 is {answer}; {len(lesson.cells)} cells of the first lesson ran")
