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

const holdsCourse = (folder) => Boolean(folder) && fs.existsSync(path.join(folder, marker));

/** The course a notebook runs with, or undefined: its own; the one in the settings; the open folder's, or the one the extension was made in. */
function findCourse(notebook) {
  const own = notebook && courseOf(notebook);
  if (own) return own;
  const setting = folderInSettings();
  if (setting) return holdsCourse(setting) ? setting : undefined;
  const open = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file").map((folder) => above(folder.uri.fsPath));
  return [...open, remembered()].find(holdsCourse);
}

const folderInSettings = () => vscode.workspace.getConfiguration("deeplearning").get("courseFolder");

/** Says that findCourse found none, and what to do. */
async function showCourseMissing() {
  const setting = folderInSettings();
  const choice = await vscode.window.showErrorMessage(
    setting ? `The course is not in ${setting}, which the setting deeplearning.courseFolder names: there is no ${marker}. Correct the setting, or empty it.`
    : "The course is not to be found: open its folder, or name it in the setting deeplearning.courseFolder.", "Settings");
  if (choice) await vscode.commands.executeCommand("workbench.action.openSettings", "deeplearning.courseFolder");
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

module.exports = { courseOf, findCourse, lessonsIn, showCourseMissing };
