// The WebSocket to the room: asks with answers, events as they come, and coming back after it was lost.

const FIRST_WAIT = 400;
const LONGEST_WAIT = 5000;
const ANSWER_WITHIN = 12000;

export class Lost extends Error {}

export class Connection {
  #socket = null;
  #number = 0;
  #waiting = new Map();
  #wait = FIRST_WAIT;

  /** `onEvent` hears what the room says unasked; `onState` hears "open" and "lost". */
  constructor(onEvent, onState) {
    this.onEvent = onEvent;
    this.onState = onState;
    addEventListener("online", () => this.#retryNow());
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  open() {
    const socket = new WebSocket(`ws://${location.host}${location.pathname.replace(/\/$/, "")}/socket`);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      this.#wait = FIRST_WAIT;
      this.onState("open");
    });
    socket.addEventListener("message", ({ data }) => this.#hear(JSON.parse(data)));
    socket.addEventListener("close", () => this.#lost());
  }

  /** Ask the room something. Resolves with the answer's data, rejects with its sentence. */
  ask(op, fields = {}) {
    if (!this.isOpen) return Promise.reject(new Lost("There is no connection to the room. Your text is kept; try again in a moment."));
    const id = ++this.#number;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settle(id, { ok: false, why: "The room did not answer." }), ANSWER_WITHIN);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#socket.send(JSON.stringify({ op, id, ...fields }));
    });
  }

  #hear(event) {
    if (event.ev === "answer") this.#settle(event.id, event);
    else this.onEvent(event);
  }

  #settle(id, answer) {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (answer.ok) waiting.resolve(answer.data);
    else waiting.reject(answer.lost ? new Lost(answer.why) : new Error(answer.why));
  }

  #lost() {
    for (const id of [...this.#waiting.keys()]) {
      this.#settle(id, { ok: false, lost: true, why: "The connection was lost before the room answered. Your text is kept." });
    }
    this.onState("lost");
    this.timer = setTimeout(() => this.open(), this.#wait);
    this.#wait = Math.min(this.#wait * 1.7, LONGEST_WAIT);
  }

  #retryNow() {
    if (this.isOpen) return;
    clearTimeout(this.timer);
    this.open();
  }
}
