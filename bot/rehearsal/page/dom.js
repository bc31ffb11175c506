// Makes elements. All text goes through the DOM as text: nothing here or elsewhere parses HTML.

/** An element with properties (`class`, `on`, `data`, attributes) and children (elements, text, null for nothing). */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name in element && typeof value !== "string" && name !== "list") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** A button: its class, what happens when it is pressed, and what stands on it. */
export function press(kind, act, label, properties = {}) {
  return make("button", { type: "button", class: kind, ...properties, on: { click: act } }, label);
}

export const byId = (id) => document.getElementById(id);

let counter = 0;
/** An id for an element that a label or description must point to. */
export const freshId = (stem) => `${stem}-${++counter}`;

/** The first letters of a name's first and last word. */
export function initials(name) {
  const words = name.split(/[\s._-]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : ""].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toUpperCase() || "?";
}

/** A round picture of a person: initials on a colour that follows from the id. */
export function avatar(person) {
  if (person.bot) return make("span", { class: "avatar app", "aria-hidden": "true" }, make("img", { src: "/page/mark.svg", alt: "" }));
  const element = make("span", { class: "avatar", "aria-hidden": "true" }, initials(person.name));
  element.style.setProperty("--hue", String(Number((BigInt(person.id) * 137n) % 360n)));
  return element;
}

/** A colour number as CSS. */
export const colour = (number) => `#${number.toString(16).padStart(6, "0")}`;

/** Whether Discord's id `a` is older than `b`. */
export const older = (a, b) => BigInt(a) < BigInt(b);
