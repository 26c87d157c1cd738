// Builds the library and the engine where they are not built, or older than their source.
"use strict";
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");

class BuildFailed extends Error {}

/** The engine's program in a course's folder. */
function engineIn(course) {
  return path.join(course, "artifacts", "bin", "DeepLearning.Course", "release", "DeepLearning.Course.dll");
}

function newest(folder, wanted) {
  let time = 0;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) time = Math.max(time, newest(file, wanted));
    else if (wanted(entry.name)) time = Math.max(time, fs.statSync(file).mtimeMs);
  }
  return time;
}

/** Whether the engine is there and no older than the source. */
function isBuilt(course) {
  const engine = engineIn(course);
  if (!fs.existsSync(engine)) return false;
  const built = newest(path.dirname(engine), (name) => /^DeepLearning.*\.dll$/.test(name));
  return newest(path.join(course, "lib"), (name) => /\.(cs|csproj)$/.test(name)) <= built;
}

let building;

/** Builds, with a notification that tells how it goes. Throws BuildFailed with the first errors. */
function build(course, dotnet, log) {
  building ??= vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: "Building the deep learning library (about a minute the first time)" },
    (progress) => run(course, dotnet, log, progress)).finally(() => { building = undefined; });
  return building;
}

function run(course, dotnet, log, progress) {
  return new Promise((resolve, reject) => {
    const process = spawn(dotnet, ["build", path.join("lib", "DeepLearning.Course"), "--nologo", "-v:minimal", "-tl:off"], { cwd: course });
    const errors = new Set();
    let rest = "";
    const read = (text) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop();
      for (const line of lines) {
        log.info(line);
        if (/: error /.test(line)) errors.add(line.replace(/ \[[^\]]*\]$/, "").trim());
        const project = /^\s*(\S+) -> /.exec(line);
        if (project) progress.report({ message: project[1] });
      }
    };
    process.stdout.setEncoding("utf8").on("data", read);
    process.stderr.setEncoding("utf8").on("data", read);
    process.on("error", (problem) => reject(new BuildFailed(`The library could not be built: ${problem.message}`)));
    process.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new BuildFailed(["The library could not be built (the log has it all: Deep Learning: Show the Log).", ...[...errors].slice(0, 5)].join("\n")));
    });
  });
}

module.exports = { engineIn, isBuilt, build, BuildFailed };
