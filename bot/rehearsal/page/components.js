// Draws the components of a message: cards, sections, buttons, menus.

import { colour, make, press } from "./dom.js";
import { words } from "./markdown.js";
import { isThread, state } from "./state.js";

const STYLES = { 1: "primary", 2: "", 3: "success", 4: "danger", 5: "" };

/** The top-level components of a message. `act(kind, custom_id, values)` is called when one is used. */
export function components(message, act) {
  const draw = drawing(message, act);
  const out = [];
  let loose = null;
  for (const component of message.components) {
    if (component.type === 17) {
      out.push(draw(component));
      loose = null;
    } else {
      if (!loose) out.push((loose = make("div", { class: "loose" })));
      loose.append(draw(component));
    }
  }
  return out;
}

function drawing(message, act) {
  const kinds = {
    1: (c) => make("div", { class: "row" }, c.components.map(draw)),
    2: (c) => button(c, message, act),
    9: (c) => make("div", { class: "section" }, make("div", { class: "texts" }, c.components.map(draw)), draw(c.accessory)),
    10: (c) => words(c.content),
    11: (c) => media(c, message),
    12: (c) => make("div", { class: "gallery" }, c.items.map((item) => media(item, message))),
    13: (c) => file({ name: c.name ?? "file", size: c.size, path: message.paths?.[c.file?.url] }),
    14: (c) => make("hr", { class: `rule${c.spacing === 2 ? " wide" : ""}${c.divider === false ? " unseen" : ""}` }),
    17: (c) => container(c, draw),
  };
  for (const type of [3, 5, 6, 7, 8]) kinds[type] = (c) => select(c, message, act);
  const draw = (component) => kinds[component.type]?.(component) ?? make("span", { class: "note" }, `(component ${component.type})`);
  return draw;
}

function container(component, draw) {
  const hasAccent = component.accent_color !== null && component.accent_color !== undefined;
  const element = make("div", { class: hasAccent ? "card accented" : "card" }, component.components.map(draw));
  if (hasAccent) element.style.setProperty("--bar", colour(component.accent_color));
  return component.spoiler ? make("details", {}, make("summary", {}, "Spoiler"), element) : element;
}

const here = (path) => `${location.pathname.replace(/\/$/, "")}/${path}`;

/** A picture at its full width, which opens by itself when it is pressed. `words` are for whoever cannot see it. */
export function picture(path, words) {
  const image = make("img", { src: here(path), alt: words });
  return make("a", { class: "picture", href: here(path), target: "_blank", rel: "noreferrer" }, image);
}

/** A file to be fetched. */
export function file({ name, size, path }) {
  const bytes = size === undefined ? null : make("small", {}, `${size} bytes`);
  const shown = path === undefined ? { class: "file" } : { class: "file", href: here(path), download: name };
  return make("div", {}, make(path === undefined ? "span" : "a", shown, `📄 ${name}`, bytes));
}

/** A picture of a thumbnail or a gallery. One that is not a file of this message stays on its own server: its words do. */
function media(c, message) {
  const words = c.description ?? "Picture";
  const path = message.paths?.[c.media.url];
  return path === undefined ? make("span", { class: "thumbnail", role: "img", "aria-label": words }, words) : picture(path, words);
}

const emojiOf = (emoji) => (emoji ? make("span", { class: "emoji", "aria-hidden": "true" }, emoji.id ? `:${emoji.name}:` : emoji.name) : null);

function button(c, message, act) {
  const busy = state.busy.has(`${message.id}/${c.custom_id}`);
  const label = make("span", { class: "label" }, c.label ?? "");
  const properties = {
    type: "button",
    class: `press ${STYLES[c.style] ?? ""}`,
    disabled: c.disabled === true || c.style === 5,
    "aria-busy": busy ? "true" : null,
    "aria-label": c.label ? null : c.emoji?.name,
    title: c.url ?? null,
    data: { control: c.custom_id ?? "" },
    on: { click: () => { if (!state.busy.has(`${message.id}/${c.custom_id}`)) act("click", c.custom_id); } },
  };
  return make("button", properties, emojiOf(c.emoji), label);
}

/** What an entity menu (people, roles, channels) offers. */
export function entities(type) {
  const people = [...state.people.values()].filter((person) => person.listed).map(({ id, name }) => ({ value: id, label: name }));
  const roles = [...state.roles.values()].map(({ id, name }) => ({ value: id, label: `@${name}` }));
  const channels = [...state.channels.values()].filter((c) => !isThread(c)).map(({ id, name }) => ({ value: id, label: `#${name}` }));
  return { 5: people, 6: roles, 7: [...people, ...roles], 8: channels }[type] ?? [];
}

/** One row of a menu. */
export const optionRow = (option, selected) =>
  make("option", { value: option.value, selected }, `${option.emoji?.name ?? ""} ${option.label}`.trim());

function select(c, message, act) {
  const offered = c.type === 3 ? c.options : entities(c.type);
  const many = (c.max_values ?? 1) > 1;
  const rows = offered.map((option) => optionRow(option, option.default === true));
  const placeholder = c.placeholder ?? "Make a selection";
  if (!many) rows.unshift(make("option", { value: "", disabled: true, selected: !offered.some((option) => option.default) }, placeholder));
  const element = make("select", {
    class: "pick", multiple: many, disabled: c.disabled === true, "aria-label": placeholder, data: { control: c.custom_id },
    "aria-busy": state.busy.has(`${message.id}/${c.custom_id}`) ? "true" : null,
  }, rows);
  const chosen = () => [...element.selectedOptions].map((option) => option.value).filter(Boolean);
  if (!many) {
    element.addEventListener("change", () => act("choose", c.custom_id, chosen()));
    return element;
  }
  return make("div", { class: "loose" }, element, press("press", () => act("choose", c.custom_id, chosen()), "Choose"));
}
