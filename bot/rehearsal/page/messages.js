// Draws messages and keeps the log: adding, changing, removing, scrolling.

import { avatar, byId, colour, make, older, press } from "./dom.js";
import { components, file, picture } from "./components.js";
import { plainLine, words } from "./markdown.js";
import { THINKING, isPrivate, isTeacher, messagesOf, personOf, state } from "./state.js";
import { hourOf, written } from "./times.js";

const SAME_BREATH = 5 * 60 * 1000;
const THREAD_CREATED = 18;

/** The list of messages on the screen. `doing` has the acts: control, reply, edit, remove, dismiss, apps, openChannel. */
export class Log {
  #drawn = new Map();

  constructor(doing) {
    this.doing = doing;
    this.list = byId("log");
    this.live = byId("live");
    this.scroller = byId("scroller");
    this.newest = byId("to-newest");
    this.newest.addEventListener("click", () => this.toEnd());
    this.sticks = true;
    const stay = () => this.sticks && this.toEnd();
    new ResizeObserver(stay).observe(this.scroller);
    this.scroller.addEventListener("load", stay, true); // a picture takes its place only once it is there
    this.scroller.addEventListener("scroll", () => {
      this.sticks = this.atEnd();
      if (this.sticks) this.newest.hidden = true;
      if (this.scroller.scrollTop < 80) doing.older();
    });
  }

  atEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 60;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.newest.hidden = true;
  }

  /** Draw a channel from the beginning. Keeps the distance to the end when older messages were put before. */
  redraw({ keepPlace = false } = {}) {
    const fromEnd = this.scroller.scrollHeight - this.scroller.scrollTop;
    this.live.setAttribute("aria-live", "off");
    this.#drawn.clear();
    const rows = [];
    let before = null;
    for (const message of messagesOf(state.current).values()) {
      const row = this.#draw(message, before);
      if (!row) continue;
      rows.push(row);
      before = message;
    }
    this.list.replaceChildren(...rows);
    if (keepPlace) this.scroller.scrollTop = this.scroller.scrollHeight - fromEnd;
    else this.toEnd();
    setTimeout(() => this.live.setAttribute("aria-live", "polite"), 300);
  }

  /** Show a new message, or a changed one in its place. */
  put(message) {
    const wasAtEnd = this.atEnd();
    const old = this.#drawn.get(message.id);
    const row = this.#draw(message, this.#before(message.id));
    if (!row) return;
    if (old) this.#replace(old, row);
    else this.#insert(message, row);
    this.#refreshThread(message);
    if (wasAtEnd || (!old && (message.author.id === state.me.id || isPrivate(message)))) this.toEnd();
    else if (!old) this.newest.hidden = false;
  }

  take(id) {
    this.#drawn.get(id)?.remove();
    this.#drawn.delete(id);
  }

  /** Draw one message again, for a change around it: its thread, a control that waits. */
  refresh(id) {
    const message = messagesOf(state.current).get(id);
    if (message && this.#drawn.has(id)) this.put(message);
  }

  /** Say what failed, beside the message it was about or at the end. */
  fail(id, why) {
    const row = this.#drawn.get(id);
    const note = make("div", { class: "note", role: "alert" }, why);
    if (row) {
      row.querySelector(".body > .note")?.remove();
      row.querySelector(".body")?.append(note);
    } else {
      note.append(make("button", { type: "button", class: "text-button", on: { click: () => note.remove() } }, "Dismiss"));
      this.list.append(make("li", { class: "note" }, note));
    }
    if (row ? row === this.list.lastElementChild : true) this.toEnd();
  }

  focus(id, control) {
    this.#drawn.get(id)?.querySelector(`[data-control="${CSS.escape(control)}"]`)?.focus({ preventScroll: true });
  }

  show(id) {
    const row = this.#drawn.get(id);
    row?.scrollIntoView({ block: "center" });
    row?.classList.add("flash");
    setTimeout(() => row?.classList.remove("flash"), 1700);
  }

  #before(id) {
    let before = null;
    for (const message of messagesOf(state.current).values()) {
      if (message.id === id) break;
      if (this.#drawn.has(message.id)) before = message;
    }
    return before;
  }

  #insert(message, row) {
    let after = null;
    for (const child of this.list.children) {
      if (child.dataset.id && older(message.id, child.dataset.id)) {
        after = child;
        break;
      }
    }
    this.list.insertBefore(row, after);
  }

  #replace(old, row) {
    const control = old.contains(document.activeElement) ? document.activeElement.dataset.control : undefined;
    row.setAttribute("aria-live", "off"); // a card that counts on is not read out again each time
    old.replaceWith(row);
    if (control !== undefined) row.querySelector(`[data-control="${CSS.escape(control)}"]`)?.focus({ preventScroll: true });
  }

  #refreshThread(message) {
    const starter = message.message_reference?.message_id;
    if (message.type === THREAD_CREATED && starter) this.refresh(starter);
  }

  #draw(message, before) {
    const row = message.type === THREAD_CREATED ? this.#system(message) : this.#message(message, before);
    if (row) {
      row.dataset.id = message.id;
      this.#drawn.set(message.id, row);
    }
    return row;
  }

  #system(message) {
    const starter = message.message_reference?.message_id;
    if (starter) return null; // as on Discord, the message that began the thread shows it
    return make("li", { class: "system" }, `${personOf(message.author).name} started a thread: ${message.content}`);
  }

  #message(message, before) {
    const author = personOf(message.author);
    const follows = followsOn(message, before);
    const name = make("span", { class: "author" }, author.name);
    if (author.color) name.style.color = legible(author.color);
    const hour = make("span", { class: "quick-time", "aria-hidden": "true" }, hourOf(message.timestamp));
    const gutter = make("div", { class: "gutter" }, follows ? hour : avatar(author));
    const badge = author.bot ? make("span", { class: "badge" }, "APP") : null;
    const head = make("div", { class: follows ? "head hidden-text" : "head" }, name, badge, written(message.timestamp));
    const body = make("div", { class: "body" }, head, this.#content(message));
    const kind = `message${follows ? " follows" : ""}${isPrivate(message) ? " private" : ""}`;
    return make("li", { class: kind }, gutter, this.#above(message), body, this.#tools(message));
  }

  #above(message) {
    const isReply = message.type === 19 && message.message_reference;
    if (isReply) {
      const target = message.referenced_message;
      const shown = target ? [`${personOf(target.author).name}: `, ...plainLine(target.content || "a card")] : ["The original message was deleted"];
      return make("button", { type: "button", class: "reply", on: { click: () => target && this.show(target.id) } }, make("span", {}, shown));
    }
    const used = message.interaction_metadata;
    if (used?.type === 2 && used.name && !isPrivate(message)) return make("span", { class: "used" }, `${personOf(used.user).name} used /${used.name}`);
    return null;
  }

  #content(message) {
    if (message.flags & THINKING && message.components.length === 0 && !message.content) {
      return [make("p", { class: "thinking topic" }, `${personOf(message.author).name} is thinking`), this.#onlyYou(message)];
    }
    const act = (kind, control, values) => this.doing.control(message, kind, control, values);
    const edited = message.edited_timestamp && !isPrivate(message) && message.content ? make("span", { class: "edited" }, " (edited)") : null;
    const text = message.content ? words(message.content) : null;
    if (edited) (text.lastElementChild ?? text).append(edited);
    return [text, message.embeds.map(embed), components(message, act), message.attachments.map(attached), this.#thread(message), this.#onlyYou(message)];
  }

  #onlyYou(message) {
    if (!isPrivate(message)) return null;
    const dismiss = press("text-button", () => this.doing.dismiss(message), "Dismiss message");
    return make("p", { class: "only-you" }, "Only you can see this ", dismiss);
  }

  #thread(message) {
    const thread = state.channels.get(message.id);
    if (!thread) return null;
    const name = make("strong", {}, `🧵 ${thread.name}`);
    const look = make("small", {}, thread.locked ? "Closed · see thread ›" : "See thread ›");
    const open = () => this.doing.openChannel(thread.id);
    return make("div", {}, press("thread-chip", open, [name, look], { data: { control: "thread" } }));
  }

  #tools(message) {
    if (isPrivate(message)) return null;
    const doing = this.doing;
    const own = message.author.id === state.me.id;
    const writable = state.channels.get(message.channel_id)?.writable;
    const tool = (label, act) => make("button", { type: "button", class: "icon-button", data: { control: label }, on: { click: act } }, label);
    return make("div", { class: "tools", role: "group", "aria-label": "Message actions" },
      writable ? tool("Reply", () => doing.reply(message)) : null,
      tool("Apps", (event) => doing.apps(message, event.currentTarget)),
      own && writable ? tool("Edit", () => doing.edit(message)) : null,
      own || isTeacher() ? tool("Delete", () => doing.remove(message)) : null);
  }
}

function followsOn(message, before) {
  if (!before || before.author.id !== message.author.id || message.type === 19 || before.type === THREAD_CREATED) return false;
  if (isPrivate(message) !== isPrivate(before) || message.interaction_metadata || isPrivate(message)) return false;
  return new Date(message.timestamp) - new Date(before.timestamp) < SAME_BREATH;
}

/** A role's colour, mixed with the text's so that it stays readable on light and dark. */
const legible = (number) => `color-mix(in oklab, ${colour(number)} 62%, var(--strong))`;

const attached = (attachment) =>
  /^image\/(png|jpeg|gif)$/.test(attachment.type) ? picture(attachment.path, attachment.description ?? attachment.name) : file(attachment);

function embed(content) {
  const box = make("div", { class: "embed" });
  if (content.color) box.style.setProperty("--bar", colour(content.color));
  if (content.title) box.append(make("strong", {}, content.title));
  if (content.description) box.append(words(content.description));
  for (const field of content.fields ?? []) box.append(make("strong", {}, field.name), words(field.value));
  if (content.footer?.text) box.append(make("small", {}, content.footer.text));
  return box;
}
