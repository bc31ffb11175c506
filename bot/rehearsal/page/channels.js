// The list of channels with their threads, and the head of the one that is open.

import { avatar, byId, make, older, press } from "./dom.js";
import { isThread, state } from "./state.js";

const PARTS = { teacher: "Teacher", student: "Student" };

/** Draw the list again. `open(id)` is called when somebody chooses a channel. */
export function drawChannels(open) {
  const focused = document.activeElement?.dataset?.place;
  const openArchives = new Set([...document.querySelectorAll(".threads details[open]")].map((element) => element.dataset.parent));
  const all = [...state.channels.values()];
  const threadsOf = (id) => all.filter((channel) => isThread(channel) && channel.parent === id).sort((a, b) => (older(a.id, b.id) ? 1 : -1));
  const rows = all.filter((channel) => !isThread(channel)).map((channel) => {
    const threads = threadsOf(channel.id);
    const archived = threads.filter((thread) => thread.archived);
    const active = threads.filter((thread) => !thread.archived);
    const fold = archived.length
      ? make("details", { data: { parent: channel.id }, open: openArchives.has(channel.id) || archived.some((thread) => thread.id === state.current) },
          make("summary", {}, `Archived (${archived.length})`), make("ul", {}, archived.map((thread) => item(thread, open))))
      : null;
    const inUse = make("ul", { "aria-label": `Threads in ${channel.name}` }, active.map((thread) => item(thread, open)));
    const nested = threads.length ? make("div", { class: "threads" }, inUse, fold) : null;
    const row = item(channel, open);
    if (nested) row.append(nested);
    return row;
  });
  byId("channels").replaceChildren(make("h2", {}, "Text channels"), make("ul", {}, rows));
  if (focused) document.querySelector(`[data-place="${focused}"]`)?.focus();
  const unread = [...state.unread.values()].reduce((sum, count) => sum + count, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${titleOf(state.channels.get(state.current))} · ${state.me?.name ?? ""}`;
}

const markOf = (channel) => (isThread(channel) ? (channel.locked ? "🔒" : "🧵") : "#");
const titleOf = (channel) => (channel ? `${isThread(channel) ? "" : "#"}${channel.name}` : "Parley");

function item(channel, open) {
  const unread = state.unread.get(channel.id) ?? 0;
  const spoken = `${isThread(channel) ? "Thread" : "Channel"} ${channel.name}${channel.locked ? ", locked" : ""}${unread ? `, ${unread} unread` : ""}`;
  const count = unread ? make("span", { class: "count" }, String(unread)) : null;
  const button = make("button", {
    type: "button", class: unread ? "place unread" : "place", "aria-label": spoken, title: channel.name, data: { place: channel.id },
    "aria-current": channel.id === state.current ? "page" : null, on: { click: () => open(channel.id) },
  }, make("span", { "aria-hidden": "true" }, markOf(channel)), make("span", { class: "name" }, channel.name), count);
  return make("li", {}, button);
}

/** The head of the open channel, and what stands before its first message. */
export function drawHead(open) {
  const channel = state.channels.get(state.current);
  if (!channel) return;
  byId("channel-name").textContent = `${markOf(channel)} ${channel.name}`;
  byId("channel-topic").textContent = channel.topic ?? "";
  const parent = state.channels.get(channel.parent);
  const toParent = parent ? press("text-button", () => open(parent.id, channel.id), `#${parent.name}`) : null;
  const about = parent
    ? make("p", {}, "A thread in ", toParent, channel.locked ? " · closed" : "")
    : make("p", {}, channel.topic ?? "");
  const begins = make("h2", {}, titleOf(channel));
  const goesOn = make("p", {}, "Scroll up for earlier messages.");
  byId("beginning").replaceChildren(state.complete.has(channel.id) ? begins : goesOn, about);
}

export function drawMe() {
  byId("guild-name").textContent = state.guild.name;
  const person = state.people.get(state.me.id) ?? { ...state.me, bot: false };
  byId("me").replaceChildren(avatar(person), make("div", {}, make("strong", {}, person.name), make("small", {}, PARTS[state.me.part] ?? "")));
}
