// What this page knows: filled by the room's events, read by everything that draws.

import { older } from "./dom.js";

export const PRIVATE = 64; // message flags of Discord
export const THINKING = 128;

export const state = {
  me: null,
  guild: null,
  people: new Map(),
  roles: new Map(),
  channels: new Map(),
  messages: new Map(), // channel id → Map of message id → message, in the order of ids
  loaded: new Set(), // channels whose newest page is here
  complete: new Set(), // channels whose first message is here
  unread: new Map(),
  commands: new Map(), // channel id → {slash, menus}
  drafts: new Map(),
  busy: new Set(), // "message/custom_id" of controls that wait for the bot
  current: null,
};

/** Begin anew from the room's welcome. Drafts and the open channel stay. */
export function welcome(event) {
  state.me = event.me;
  state.guild = event.guild;
  state.bot = event.bot;
  state.people = new Map(event.people.map((person) => [person.id, person]));
  state.roles = new Map(event.roles.map((role) => [role.id, role]));
  state.channels = new Map(event.channels.map((channel) => [channel.id, channel]));
  state.messages.clear();
  state.loaded.clear();
  state.complete.clear();
  state.commands.clear();
  state.busy.clear();
  if (!state.channels.has(state.current)) state.current = null;
}

export const messagesOf = (channel) => state.messages.get(channel) ?? new Map();

/** Take a page of a channel's history, oldest first. */
export function addHistory(channel, page, first) {
  const known = first ? new Map() : messagesOf(channel);
  const merged = new Map(page.map((message) => [message.id, message]));
  for (const [id, message] of known) merged.set(id, message);
  // What arrived while the first page was under way is newer than all of it.
  if (first) for (const [id, message] of messagesOf(channel)) merged.set(id, message);
  state.messages.set(channel, new Map([...merged].sort(([a], [b]) => (a === b ? 0 : older(a, b) ? -1 : 1))));
  state.loaded.add(channel);
  if (page.length < 100) state.complete.add(channel);
}

export function putMessage(message) {
  const known = messagesOf(message.channel_id);
  const isNew = !known.has(message.id);
  known.set(message.id, message);
  state.messages.set(message.channel_id, known);
  const channel = state.channels.get(message.channel_id);
  if (channel && isNew && (message.flags & PRIVATE) === 0) channel.last = message.id;
  return isNew;
}

export const removeMessage = (channel, id) => messagesOf(channel).delete(id);

export const isPrivate = (message) => (message.flags & PRIVATE) !== 0;
export const isThread = (channel) => channel.type === 11 || channel.type === 12;

/** The person behind a message or an id, also of somebody who is not in the class. */
export function personOf(user) {
  return state.people.get(user.id) ?? { id: user.id, name: user.global_name ?? user.username ?? "Somebody", bot: user.bot, color: 0 };
}

/** May this page's person delete anybody's message? The room decides; this only says whether to offer it. */
export const isTeacher = () => state.me?.part === "teacher";
