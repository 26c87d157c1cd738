// Joins the parts: the controller, names in cells, the commands, the welcome.
"use strict";
const vscode = require("vscode");
const { Completion } = require("./completion");
const { Controller, notebookType } = require("./controller");
const { findCourse, lessonsIn, showCourseMissing } = require("./course");
const { Problems } = require("./problems");
const { findDotnet, showMissing, SdkMissing } = require("./sdk");

const walkthrough = "deeplearning-notebooks.deeplearning-csharp#course";

function activate(context) {
  const log = vscode.window.createOutputChannel("Deep Learning in C#", { log: true });
  const controller = new Controller(context, new Problems(context.subscriptions), log);
  const names = new Completion((document) => controller.sessionOf(document));
  const cells = { notebookType, language: "csharp" };
  const commands = {
    restart: (toolbar) => {
      const notebook = notebookOf(toolbar);
      if (notebook) controller.restart(notebook);
    },
    openLesson,
    welcome: () => vscode.commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false),
    build: () => withCourse((course) => controller.build(course)),
    checkSdk,
    showLog: () => log.show(),
  };
  context.subscriptions.push(
    log,
    vscode.languages.registerCompletionItemProvider(cells, names, "."),
    vscode.languages.registerHoverProvider(cells, names),
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`deeplearning.${name}`, run)));
  greet(context);
}

/** Shows the welcome once, when the course is opened and nothing else is. */
function greet(context) {
  if (context.globalState.get("greeted") || vscode.window.tabGroups.all.some((group) => group.tabs.length > 0) || !findCourse()) return;
  context.globalState.update("greeted", true);
  vscode.commands.executeCommand("deeplearning.welcome");
}

function notebookOf(toolbar) {
  const uri = toolbar?.notebookEditor?.notebookUri?.toString();
  return vscode.workspace.notebookDocuments.find((notebook) => notebook.uri.toString() === uri) ?? vscode.window.activeNotebookEditor?.notebook;
}

async function withCourse(action) {
  const course = findCourse(vscode.window.activeNotebookEditor?.notebook);
  if (course) return action(course);
  return showCourseMissing();
}

/** Opens a lesson by its file's name, or lets one be chosen. */
function openLesson(name) {
  return withCourse(async (course) => {
    const lessons = lessonsIn(course);
    const chosen = typeof name === "string" ? lessons.find((lesson) => lesson.name === name)
      : await vscode.window.showQuickPick(lessons.map((lesson) => ({ label: lesson.name.replace(/\.ipynb$/, ""), ...lesson })), { title: "Open a lesson" });
    if (chosen) await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.file(chosen.file), notebookType);
    else if (typeof name === "string") vscode.window.showErrorMessage(`There is no lesson ${name} in ${course}.`);
  });
}

async function checkSdk() {
  try {
    vscode.window.showInformationMessage(`The .NET SDK is there: ${await findDotnet()}`);
  } catch (problem) {
    if (!(problem instanceof SdkMissing)) throw problem;
    await showMissing(problem);
  }
}

module.exports = { activate };
