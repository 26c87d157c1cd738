// Where the course is: the folder that holds DeepLearning.Notebooks.sln.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");

const marker = "DeepLearning.Notebooks.sln";
const made = path.join(__dirname, "..", "course.json");

function above(start) {
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, marker))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** The course a notebook lies in, or undefined. */
function courseOf(notebook) {
  return notebook.uri.scheme === "file" ? above(path.dirname(notebook.uri.fsPath)) : undefined;
}

/** The course a notebook runs with: its own, the one in the settings, the open folder's, or the one the extension was made in. */
function findCourse(notebook) {
  const setting = vscode.workspace.getConfiguration("deeplearning").get("courseFolder");
  const open = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file").map((folder) => above(folder.uri.fsPath));
  return [notebook && courseOf(notebook), setting, ...open, remembered()].find((folder) => folder && fs.existsSync(path.join(folder, marker)));
}

function remembered() {
  try {
    return JSON.parse(fs.readFileSync(made, "utf8")).folder;
  } catch {
    return undefined;
  }
}

/** The notebooks of a course's folder, in order. */
function lessonsIn(folder) {
  const notebooks = path.join(folder, "notebooks");
  if (!fs.existsSync(notebooks)) return [];
  return fs.readdirSync(notebooks).filter((name) => name.endsWith(".ipynb")).sort().map((name) => ({ name, file: path.join(notebooks, name) }));
}

module.exports = { courseOf, findCourse, lessonsIn };
