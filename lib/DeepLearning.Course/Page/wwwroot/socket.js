// The connection to one lesson's session: JSON messages over a WebSocket, requests matched to their answers by id.

export class Connection {
  #socket;
  #waiting = new Map();
  #nextId = 1;
  #handlers;

  /** handlers: message type → function(message); besides, "open" and "lost". */
  constructor(path, handlers) {
    this.#handlers = handlers;
    this.#socket = new WebSocket(`ws://${location.host}/socket?notebook=${encodeURIComponent(path)}`);
    this.#socket.addEventListener("open", () => handlers.open?.());
    this.#socket.addEventListener("message", (event) => this.#receive(JSON.parse(event.data)));
    this.#socket.addEventListener("close", (event) => {
      for (const resolve of this.#waiting.values()) resolve(null);
      this.#waiting.clear();
      handlers.lost?.(event.reason);
    });
  }

  get isOpen() { return this.#socket.readyState === WebSocket.OPEN; }

  send(type, content = {}) {
    if (this.isOpen) this.#socket.send(JSON.stringify({ type, ...content }));
    return this.isOpen;
  }

  /** Sends a request and waits for the message that carries its id; null if the connection is lost. */
  ask(type, content = {}) {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      if (!this.send(type, { ...content, id })) { this.#waiting.delete(id); resolve(null); }
    });
  }

  #receive(message) {
    const waiting = message.id !== undefined && this.#waiting.get(message.id);
    if (waiting) {
      this.#waiting.delete(message.id);
      waiting(message);
    } else {
      this.#handlers[message.type]?.(message);
    }
  }
}
