// Where a person writes: a message, a reply, a new wording, or a slash command.

import { byId, make, press } from "./dom.js";
import { Listbox } from "./listbox.js";
import { plainLine } from "./markdown.js";
import { commandForm, matching } from "./slash.js";
import { messagesOf, personOf, state } from "./state.js";

const LIMIT = 2000;

/** The composer. `ask(op, fields)` speaks to the room; `onResult(data)` opens a form that a command answers with. */
export class Composer {
  #mode = { kind: "write" }; // or reply / edit with their message, or command
  #commands = [];

  constructor(ask, onResult) {
    this.ask = ask;
    this.onResult = onResult;
    this.box = byId("composer");
    this.text = make("textarea", { id: "composer-text", rows: 1, autocomplete: "off", maxlength: String(LIMIT * 2) });
    this.sheet = make("div", { class: "sheet" }, make("h2", {}, "Commands"));
    this.list = new Listbox(this.text, this.sheet, "Commands", (row) => this.#openCommand(row.command));
    this.sendButton = make("button", { type: "button", class: "send", on: { click: () => this.#send() } }, "Send");
    this.bar = make("div", { class: "bar", hidden: true });
    this.wrong = make("span", { class: "wrong", role: "alert" });
    this.count = make("span", { class: "counter" });
    this.writer = make("div", { class: "writer" }, this.text, this.sendButton);
    this.under = make("div", { class: "under" }, this.wrong, this.count);
    this.text.addEventListener("input", () => this.#typed());
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.text.addEventListener("blur", () => this.list.hide());
  }

  /** Show the composer for the open channel, or why one cannot write there. */
  draw() {
    const channel = state.channels.get(state.current);
    if (!channel) return;
    const name = `${channel.type === 0 ? "#" : ""}${channel.name}`;
    const short = channel.type === 0 ? name : "this thread";
    this.text.placeholder = matchMedia("(max-width: 44rem)").matches ? `Message ${short}` : `Message ${short}, or type / for commands`;
    this.text.setAttribute("aria-label", `Message ${name}`);
    if (this.#mode.kind === "command") return;
    const why = channel.locked ? "This thread is closed. You can read it, but not write in it." : "You cannot write here.";
    const closed = channel.writable ? null : make("p", { class: "closed" }, why);
    const hadFocus = document.activeElement === this.text;
    this.box.replaceChildren(...(closed ? [closed] : [this.sheet, this.bar, this.writer, this.under]));
    if (hadFocus) this.text.focus();
    this.#grow();
  }

  /** Another channel was opened: keep what was being written in the last one. */
  moveTo(from, to) {
    if (from) state.drafts.set(from, this.#mode.kind === "write" || this.#mode.kind === "reply" ? this.text.value : "");
    this.#setMode({ kind: "write" });
    this.text.value = state.drafts.get(to) ?? "";
    this.wrong.textContent = "";
    this.draw();
    if (matchMedia("(hover: hover)").matches) this.text.focus();
  }

  commandsChanged(commands) {
    this.#commands = commands;
    if (this.text.value.startsWith("/") && document.activeElement === this.text) this.#typed();
  }

  reply(message) {
    this.#setMode({ kind: "reply", message });
    this.text.focus();
  }

  edit(message) {
    this.#setMode({ kind: "edit", message });
    this.text.value = message.content;
    this.#grow();
    this.text.focus();
  }

  /** The message that a reply or edit was about is gone. */
  forget(id) {
    if (this.#mode.message?.id === id) this.#setMode({ kind: "write" });
  }

  #setMode(mode) {
    if (this.#mode.kind === "edit" && mode.kind !== "edit") this.text.value = "";
    this.#mode = mode;
    this.bar.hidden = mode.kind !== "reply" && mode.kind !== "edit";
    const stop = () => {
      this.#setMode({ kind: "write" });
      this.text.focus();
    };
    const what = mode.kind === "reply" ? replyingTo(mode.message) : "Editing your message";
    this.bar.replaceChildren(make("span", {}, what), press("text-button", stop, "Cancel"));
    this.#grow();
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight}px`;
    const length = this.text.value.length;
    this.count.textContent = length > LIMIT - 200 ? `${length} / ${LIMIT}` : "";
    this.sendButton.disabled = this.text.value.trim() === "" || length > LIMIT;
  }

  #typed() {
    this.#grow();
    this.wrong.textContent = "";
    const value = this.text.value;
    if (!value.startsWith("/") || value.includes("\n") || this.#mode.kind === "edit") return this.list.hide();
    this.list.show(matching(this.#commands, value.slice(1)).map((command) => ({ label: `/${command.name}`, description: command.description, command })));
  }

  #key(event) {
    if (this.list.key(event) || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "Escape" && this.#mode.kind !== "write") {
      this.#setMode({ kind: "write" });
    } else if (event.key === "ArrowUp" && this.text.value === "") {
      const own = [...messagesOf(state.current).values()].filter((message) => message.author.id === state.me.id);
      if (own.length) {
        event.preventDefault();
        this.edit(own[own.length - 1]);
      }
    }
  }

  async #send() {
    const content = this.text.value.trim();
    const mode = this.#mode;
    const channel = state.current;
    if (!content || this.sending) return;
    if (mode.kind === "write" && content.startsWith("/")) {
      this.wrong.textContent = "There is no such command here. Begin with something else than / to send it as a message.";
      return;
    }
    this.sending = true;
    try {
      if (mode.kind === "edit") await this.ask("edit", { channel, message: mode.message.id, content });
      else await this.ask("send", { channel, content, reply_to: mode.message?.id ?? null });
      if (state.current === channel && this.text.value.trim() === content) this.text.value = "";
      state.drafts.delete(channel);
      this.#setMode({ kind: "write" });
      this.wrong.textContent = "";
    } catch (error) {
      this.wrong.textContent = error.message;
    } finally {
      this.sending = false;
      this.#grow();
    }
  }

  #openCommand(command) {
    const channel = state.current;
    this.text.value = "";
    this.#setMode({ kind: "command" });
    const back = () => {
      this.#setMode({ kind: "write" });
      this.draw();
      this.text.focus();
    };
    const { form, focus } = commandForm(command, {
      cancel: back,
      complete: (option, text, options) => this.ask("complete", { channel, name: command.name, option, text, options }),
      run: async (options) => {
        const data = await this.ask("slash", { channel, name: command.name, options });
        back();
        this.onResult(data);
      },
    });
    this.box.replaceChildren(form);
    focus();
  }
}

function replyingTo(message) {
  const said = plainLine((message.content || "a card").slice(0, 80));
  return ["Replying to ", make("strong", {}, personOf(message.author).name), ": ", ...said];
}
