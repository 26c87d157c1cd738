"""Runs one notebook through nbclient and writes it executed: run_notebook.py <in.ipynb> <out.ipynb>."""

import sys

import nbclient
import nbformat

notebook = nbformat.read(sys.argv[1], as_version=4)
metadata = notebook.metadata.kernelspec
assert metadata.name == ".net-csharp", f"the notebook asks for the kernel {metadata.name}"
client = nbclient.NotebookClient(notebook, timeout=600, resources={"metadata": {"path": sys.argv[1].rpartition("/")[0]}})
client.execute()
nbformat.validate(notebook)
nbformat.write(notebook, sys.argv[2])
print(sum(len(cell.get("outputs", [])) for cell in notebook.cells), "outputs")
