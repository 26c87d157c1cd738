// Finds the .NET SDK, and says what to do where there is none.
"use strict";
const { execFile } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const vscode = require("vscode");

const needed = 10;
const program = process.platform === "win32" ? "dotnet.exe" : "dotnet";

class SdkMissing extends Error {}

const programInSettings = () => vscode.workspace.getConfiguration("deeplearning").get("dotnetPath");

function candidates() {
  if (programInSettings()) return [programInSettings()];
  const folders = [
    process.env.DOTNET_ROOT,
    ...(process.env.PATH ?? "").split(path.delimiter),
    path.join(os.homedir(), ".dotnet"),
    "/usr/lib/dotnet", "/usr/share/dotnet", "/usr/local/share/dotnet", "/opt/homebrew/bin", "/snap/bin",
    process.env.ProgramFiles && path.join(process.env.ProgramFiles, "dotnet"),
  ];
  return [...new Set(folders.filter(Boolean).map((folder) => path.join(folder, program)))];
}

function sdks(dotnet) {
  return new Promise((resolve) => execFile(dotnet, ["--list-sdks"], { timeout: 30_000 }, (problem, text) =>
    resolve(problem ? [] : text.split("\n").map((line) => line.split(" ")[0]).filter(Boolean))));
}

let found;

/** The dotnet program of an SDK new enough. Throws SdkMissing with a sentence to show. */
async function findDotnet() {
  if (found && fs.existsSync(found) && candidates().includes(found)) return found;
  const older = [];
  for (const dotnet of candidates().filter((file) => fs.existsSync(file))) {
    const versions = await sdks(dotnet);
    if (versions.some((version) => Number.parseInt(version, 10) >= needed)) return found = dotnet;
    older.push(...versions);
  }
  const what = older.length ? `only older versions of the .NET SDK (${[...new Set(older)].join(", ")})` : "no .NET SDK";
  const where = programInSettings() ? `at ${programInSettings()}, which the setting deeplearning.dotnetPath names` : "on this machine";
  throw new SdkMissing(`There is ${what} ${where}; lessons need version ${needed}.`);
}

/** Shows what to do about a missing SDK. */
async function showMissing(problem) {
  const choice = await vscode.window.showErrorMessage(problem.message, "How to Install It", "Settings");
  if (choice === "Settings") await vscode.commands.executeCommand("workbench.action.openSettings", "deeplearning.dotnetPath");
  else if (choice) await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.file(path.join(__dirname, "..", "walkthrough", "sdk.md")));
}

module.exports = { findDotnet, showMissing, SdkMissing };
