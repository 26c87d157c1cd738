// The engine: the process `course serve`, spoken to in JSON messages, one a line, over its standard input and output.
"use strict";
const { spawn } = require("node:child_process");

const protocol = 1;
const patience = 3_000;

class Engine {
  #process;
  #waiting = new Map();
  #lastId = 0;
  #rest = [];
  #ended = false;
  #listener;

  /**
   * @param command What to start: { dotnet, program, folder }.
   * @param listener Told what comes: message(message), and ended(sentence) once if it ends unasked.
   */
  constructor({ dotnet, program, folder }, log, listener) {
    this.#listener = listener;
    this.#process = spawn(dotnet, [program, "serve", "--folder", folder], { cwd: folder, env: { ...process.env, DOTNET_NOLOGO: "1" } });
    this.#process.stdout.on("data", (chunk) => this.#read(chunk, log));
    this.#process.stderr.setEncoding("utf8").on("data", (text) => log.info(text.trimEnd()));
    this.#process.stdin.on("error", () => {}); // It ended; "close" tells.
    this.#process.on("error", (problem) => this.#end(`The engine could not be started: ${problem.message}`));
    this.#process.on("close", (code, signal) => this.#end(`The engine ended by itself (${signal ?? `exit code ${code}`}); its variables are gone.\nRun the lesson again from the top.`));
  }

  send(message) {
    if (!this.#ended) this.#process.stdin.write(JSON.stringify(message) + "\n");
  }

  /** Sends a message and waits for the answer to it; undefined if there is none. */
  ask(message) {
    if (this.#ended) return Promise.resolve(undefined);
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.send({ ...message, id });
    });
  }

  /** Ends the process: asks first, and does not wait long. */
  stop() {
    this.#end();
    const late = setTimeout(() => this.#process.kill("SIGKILL"), patience);
    this.#process.on("close", () => clearTimeout(late));
    this.#process.stdin.end(JSON.stringify({ type: "shutdown" }) + "\n");
  }

  #end(sentence) {
    if (this.#ended) return;
    this.#ended = true;
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
    if (sentence) this.#listener.ended(sentence);
  }

  #read(chunk, log) {
    for (let start = 0; ;) {
      const newline = chunk.indexOf(10, start);
      if (newline < 0) {
        this.#rest.push(chunk.subarray(start));
        return;
      }
      const line = Buffer.concat([...this.#rest, chunk.subarray(start, newline)]).toString("utf8");
      this.#rest = [];
      start = newline + 1;
      this.#receive(line, log);
    }
  }

  #receive(line, log) {
    let message;
    try {
      message = JSON.parse(line);
    } catch {
      log.info(line); // A program that a cell started wrote past the cell.
      return;
    }
    if (this.#ended) return;
    const resolve = this.#waiting.get(message.id);
    if (resolve) {
      this.#waiting.delete(message.id);
      resolve(message);
    } else if (message.type === "hello" && message.protocol !== protocol) {
      this.#end("The engine and the extension are of different versions; run `course vscode install` again.");
      this.#process.kill();
    } else if (message.type === "problem") log.error(message.message);
    else this.#listener.message(message);
  }
}

module.exports = { Engine };
