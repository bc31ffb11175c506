// Discord's markup as elements. Text only ever becomes text nodes.

import { make } from "./dom.js";
import { state } from "./state.js";
import { timestamp } from "./times.js";

/** A block of text with everything that Discord draws. */
export function words(text) {
  const box = make("div", { class: "words" });
  box.append(...blocks(text));
  return box;
}

/** One line without blocks, for previews. */
export const plainLine = (text) => [make("span", {}, inline(text.replace(/\s*\n\s*/g, " "))).textContent];

function blocks(text) {
  const out = [];
  let last = 0;
  for (const match of text.matchAll(/```(?:[\w+-]*\n)?([\s\S]+?)```/g)) {
    out.push(...lines(text.slice(last, match.index).replace(/\n$/, "")));
    out.push(make("pre", {}, make("code", {}, match[1].replace(/\n$/, ""))));
    last = match.index + match[0].length;
    if (text[last] === "\n") last += 1;
  }
  out.push(...lines(text.slice(last)));
  return out;
}

const KINDS = [
  ["rest", /^>>> ?(.*)$/],
  ["quote", /^> (.*)$|^>$/],
  ["heading", /^(#{1,3}) +(.+)$/],
  ["subtext", /^-# +(.+)$/],
  ["item", /^(\s*)([-*]|\d{1,9}\.) +(.+)$/],
];

function kindOf(line) {
  for (const [kind, pattern] of KINDS) {
    const match = pattern.exec(line);
    if (match) return [kind, match];
  }
  return ["plain", [line]];
}

function lines(text) {
  if (text === "") return [];
  const rows = text.split("\n");
  const out = [];
  for (let i = 0; i < rows.length; ) {
    const [kind, match] = kindOf(rows[i]);
    const run = [];
    const take = (wanted) => { while (i < rows.length && kindOf(rows[i])[0] === wanted) run.push(kindOf(rows[i++])[1]); };
    if (kind === "rest") {
      out.push(make("blockquote", {}, blocks([match[1], ...rows.slice(i + 1)].join("\n"))));
      break;
    } else if (kind === "quote") {
      take("quote");
      out.push(make("blockquote", {}, lines(run.map((found) => found[1] ?? "").join("\n"))));
    } else if (kind === "heading") {
      out.push(make(`h${match[1].length + 2}`, {}, inline(match[2])));
      i += 1;
    } else if (kind === "subtext") {
      out.push(make("p", { class: "subtext" }, inline(match[1])));
      i += 1;
    } else if (kind === "item") {
      take("item");
      out.push(list(run, 0)[0]);
    } else {
      take("plain");
      out.push(paragraph(run.map((found) => found[0])));
    }
  }
  return out;
}

function list(items, from) {
  const depth = items[from][1].length;
  const ordered = /\d/.test(items[from][2]);
  const element = make(ordered ? "ol" : "ul", ordered ? { start: parseInt(items[from][2], 10) } : {});
  let i = from;
  while (i < items.length && items[i][1].length >= depth) {
    if (items[i][1].length > depth) {
      const [inner, next] = list(items, i);
      (element.lastElementChild ?? element).append(inner);
      i = next;
    } else {
      element.append(make("li", {}, inline(items[i][3])));
      i += 1;
    }
  }
  return [element, i];
}

function paragraph(rows) {
  const element = make("p");
  rows.forEach((row, index) => {
    if (index) element.append(make("br"));
    element.append(...inline(row));
  });
  return element;
}

const SPANS = [
  [/^\\([^\p{L}\p{N}\s])/u, ([, mark]) => mark],
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, ([, , code]) => make("code", {}, code.replace(/^ (.*) $/, "$1"))],
  [/^<t:(-?\d{1,13})(?::([tTdDfFR]))?>/, ([, seconds, style]) => timestamp(Number(seconds), style ?? "f")],
  [/^<@!?(\d+)>/, ([, id]) => mention("@", state.people.get(id)?.name ?? "unknown-user")],
  [/^<@&(\d+)>/, ([, id]) => mention("@", state.roles.get(id)?.name ?? "deleted-role")],
  [/^<#(\d+)>/, ([, id]) => place(id)],
  [/^<\/([^:<>]{1,100}):\d+>/, ([, name]) => mention("/", name)],
  [/^<a?:(\w+):\d+>/, ([, name]) => `:${name}:`],
  [/^\[([^\]\n]{1,500})\]\(<?(https?:\/\/[^\s)>]+)>?\)/, ([, text, address]) => make("span", { class: "address", title: address }, inline(text))],
  [/^<?https:\/\/discord\.com\/channels\/\d+\/(\d+)(?:\/(\d+))?>?/, ([, channel, message]) => place(channel, message)],
  [/^<?(https?:\/\/[^\s<>]+[^\s<>.,:;"')\]])>?/, ([, address]) => make("span", { class: "address" }, address)],
  [/^\*\*\*((?:\\.|[^\\])+?)\*\*\*(?!\*)/, ([, text]) => make("strong", {}, make("em", {}, inline(text)))],
  [/^\*\*((?:\\.|[^\\])+?)\*\*(?!\*)/, ([, text]) => make("strong", {}, inline(text))],
  [/^__((?:\\.|[^\\])+?)__(?!_)/, ([, text]) => make("u", {}, inline(text))],
  [/^~~((?:\\.|[^\\])+?)~~/, ([, text]) => make("s", {}, inline(text))],
  [/^\|\|((?:\\.|[^\\])+?)\|\|/, ([, text]) => spoiler(text)],
  [/^\*(?!\s)((?:\*\*|\\.|[^*\\])+?)(?<!\s)\*(?!\*)/, ([, text]) => make("em", {}, inline(text))],
];
const EMPHASIS = /^_((?:__|\\.|[^_\\])+?)_(?![\p{L}\p{N}_])/u;
const SPECIAL = /[\\`<*_~|[h]/;

function inline(text) {
  const out = [];
  let plain = "";
  let rest = text;
  const keep = (node) => {
    if (plain) out.push(plain);
    plain = "";
    out.push(node);
  };
  while (rest) {
    const found = spanAt(rest, text[text.length - rest.length - 1]);
    if (found) {
      keep(found[1]);
      rest = rest.slice(found[0]);
    } else {
      const next = rest.slice(1).search(SPECIAL);
      const length = next < 0 ? rest.length : next + 1;
      plain += rest.slice(0, length);
      rest = rest.slice(length);
    }
  }
  if (plain) out.push(plain);
  return out;
}

function spanAt(rest, before) {
  for (const [pattern, draw] of SPANS) {
    const match = pattern.exec(rest);
    if (match) return [match[0].length, draw(match)];
  }
  // An underscore inside a word is a letter of it, as in snake_case.
  const emphasis = before && /[\p{L}\p{N}_]/u.test(before) ? null : EMPHASIS.exec(rest);
  return emphasis ? [emphasis[0].length, make("em", {}, inline(emphasis[1]))] : null;
}

const mention = (mark, name) => make("span", { class: "mention" }, mark + name);

/** A channel, or a message in it: a way there for whoever may see it. */
function place(id, message) {
  const channel = state.channels.get(id);
  if (!channel) return mention("#", "unknown");
  const short = channel.name.length > 36 ? `${channel.name.slice(0, 35).trimEnd()}…` : channel.name;
  const name = `${channel.parent ? "🧵 " : "#"}${short}${message ? " › message" : ""}`;
  const go = (event) => event.currentTarget.dispatchEvent(new CustomEvent("goto", { bubbles: true, detail: { channel: id, message } }));
  return make("button", { type: "button", class: "mention way", data: { control: `${id}/${message ?? ""}` }, on: { click: go } }, name);
}

function spoiler(text) {
  const show = () => element.setAttribute("aria-expanded", "true");
  const element = make("button", { type: "button", class: "spoiler", "aria-expanded": "false", "aria-label": "Spoiler", on: { click: show } }, inline(text));
  element.addEventListener("click", () => element.removeAttribute("aria-label"));
  return element;
}
