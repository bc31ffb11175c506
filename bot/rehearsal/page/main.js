// Brings the parts together: events of the room change the state, and what they concern is drawn again.

import { drawChannels, drawHead, drawMe } from "./channels.js";
import { Composer } from "./composer.js";
import { Connection, Lost } from "./connection.js";
import { byId } from "./dom.js";
import { openMenu } from "./menu.js";
import { Log } from "./messages.js";
import { confirmed, openForm } from "./modal.js";
import { addHistory, isThread, messagesOf, putMessage, removeMessage, state, welcome } from "./state.js";

const connection = new Connection(hear, connectionChanged);
const ask = (op, fields) => connection.ask(op, fields);
const composer = new Composer(ask, (data) => showResult(data, () => byId("composer-text")?.focus()));
const log = new Log({
  control, openChannel,
  older: loadOlder,
  reply: (message) => composer.reply(message),
  edit: (message) => composer.edit(message),
  remove: (message) => confirmed("Delete this message?", "It is taken away for everybody.", "Delete", () => {
    tell(message.id, ask("delete", { channel: message.channel_id, message: message.id }));
  }),
  dismiss: (message) => tell(message.id, ask("dismiss", { channel: message.channel_id, message: message.id })),
  apps: openApps,
});

function connectionChanged(now) {
  document.body.dataset.connection = now;
  byId("banner").hidden = now === "open";
  if (now === "lost") byId("banner").textContent = "The connection to the room was lost. Trying again…";
}

const listening = {
  welcome: begin,
  message: ({ message }) => arrive(message),
  message_edit: ({ message }) => change(message),
  message_gone: ({ channel, message }) => {
    removeMessage(channel, message);
    if (channel === state.current) log.take(message);
    composer.forget(message);
  },
  channel: ({ channel }) => {
    state.channels.set(channel.id, channel);
    drawChannels(openChannel);
    if (channel.parent === state.current) log.refresh(channel.id);
    if (channel.id === state.current) {
      drawHead(openChannel);
      composer.draw();
    }
  },
  channel_gone: ({ channel }) => {
    state.channels.delete(channel);
    if (channel === state.current) openChannel(firstChannel());
    else drawChannels(openChannel);
  },
  person: ({ person }) => state.people.set(person.id, person),
  commands: () => {
    state.commands.clear();
    loadCommands();
  },
  closing: () => { byId("banner").textContent = "The room is closing. This page comes back by itself when it is open again."; },
};

function hear(event) {
  listening[event.ev]?.(event);
}

function begin(event) {
  const kept = state.current;
  welcome(event);
  drawMe();
  openChannel(state.channels.has(kept) ? kept : firstChannel());
}

const firstChannel = () => ([...state.channels.values()].find((channel) => channel.name === "debate") ?? state.channels.values().next().value)?.id;

function arrive(message) {
  putMessage(message);
  if (message.channel_id === state.current && state.loaded.has(state.current)) log.put(message);
  const isUnread = message.channel_id !== state.current || document.hidden;
  if (isUnread && message.author.id !== state.me.id && message.type !== 18) {
    state.unread.set(message.channel_id, (state.unread.get(message.channel_id) ?? 0) + 1);
    drawChannels(openChannel);
  }
}

function change(message) {
  putMessage(message);
  if (message.channel_id === state.current && state.loaded.has(state.current)) log.put(message);
}

async function openChannel(id, showMessage) {
  const from = state.current;
  state.current = id;
  state.unread.delete(id);
  closeDrawer();
  drawChannels(openChannel);
  drawHead(openChannel);
  log.redraw();
  if (from !== id) composer.moveTo(from, id);
  else composer.draw();
  loadCommands();
  if (!state.loaded.has(id)) {
    try {
      addHistory(id, await ask("history", { channel: id }), true);
    } catch (error) {
      if (!(error instanceof Lost)) log.fail(null, error.message);
      return;
    }
    if (state.current !== id) return;
    drawHead(openChannel);
    log.redraw();
  }
  if (showMessage) log.show(showMessage);
}

let loadingOlder = false;
async function loadOlder() {
  const id = state.current;
  const [first] = messagesOf(id).keys();
  if (loadingOlder || !first || state.complete.has(id) || !state.loaded.has(id)) return;
  loadingOlder = true;
  try {
    addHistory(id, await ask("history", { channel: id, before: first }), false);
    if (state.current === id) {
      drawHead(openChannel);
      log.redraw({ keepPlace: true });
    }
  } catch {
    // Scrolling again asks again.
  } finally {
    loadingOlder = false;
  }
}

async function loadCommands() {
  const id = state.current;
  if (!state.commands.has(id)) {
    try {
      state.commands.set(id, await ask("commands", { channel: id }));
    } catch {
      return;
    }
  }
  if (id === state.current) composer.commandsChanged(state.commands.get(id).slash);
}

async function control(message, kind, custom_id, values) {
  const key = `${message.id}/${custom_id}`;
  const fields = { channel: message.channel_id, message: message.id, custom_id };
  state.busy.add(key);
  log.refresh(message.id);
  const settled = () => {
    state.busy.delete(key);
    log.refresh(message.id);
  };
  try {
    const data = await ask(kind, kind === "choose" ? { ...fields, values } : fields);
    settled();
    showResult(data, () => log.focus(message.id, custom_id));
  } catch (error) {
    settled();
    log.fail(message.id, error.message);
  }
}

/** Open the form that an act was answered with. `back` puts the focus where it came from, also if that was redrawn. */
function showResult(data, back) {
  if (data.modal) openForm(data.modal, (values) => ask("submit", { interaction: data.interaction, values }), back);
}

function openApps(message, anchor) {
  const names = (state.commands.get(state.current)?.menus ?? []).map((menu) => menu.name);
  openMenu(anchor, "Apps", names, (name) => {
    const asked = ask("menu", { channel: message.channel_id, message: message.id, name });
    tell(message.id, asked.then((data) => showResult(data, () => log.focus(message.id, "Apps"))));
  });
}

const tell = (id, asked) => asked.catch((error) => log.fail(id, error.message));

addEventListener("goto", ({ detail }) => openChannel(detail.channel, detail.message));

function closeDrawer() {
  document.body.classList.remove("drawer-open");
  byId("open-sidebar").setAttribute("aria-expanded", "false");
}

byId("open-sidebar").addEventListener("click", () => {
  const open = document.body.classList.toggle("drawer-open");
  byId("open-sidebar").setAttribute("aria-expanded", String(open));
  if (open) document.querySelector('.place[aria-current="page"]')?.focus();
});
byId("shade").addEventListener("click", closeDrawer);
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !document.body.classList.contains("drawer-open")) return;
  closeDrawer();
  byId("open-sidebar").focus();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && state.unread.delete(state.current)) drawChannels(openChannel);
});

connection.open();
