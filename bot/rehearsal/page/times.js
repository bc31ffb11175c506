// Times as Discord shows them, and the ones that count down by themselves.

import { make } from "./dom.js";

const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });
const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const FORMATS = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

function fromNow(seconds) {
  const distance = seconds - Date.now() / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(distance) >= length) ?? UNITS[UNITS.length - 1];
  return relative.format(Math.round(distance / size), unit);
}

function wording(seconds, style) {
  return style === "R" ? fromNow(seconds) : new Intl.DateTimeFormat(undefined, FORMATS[style] ?? FORMATS.f).format(seconds * 1000);
}

/** A `<t:…:style>` as an element that keeps itself up to date. */
export function timestamp(seconds, style) {
  const date = new Date(seconds * 1000);
  const title = Number.isNaN(date.getTime()) ? "" : date.toLocaleString();
  return make("time", { datetime: title && date.toISOString(), title, data: { seconds, style } }, title ? wording(seconds, style) : "Invalid date");
}

/** When a message was written: the hour today, the date before. */
export function written(iso) {
  const date = new Date(iso);
  const hour = date.toLocaleTimeString(undefined, { timeStyle: "short" });
  const text = date.toDateString() === new Date().toDateString() ? hour : `${date.toLocaleDateString()} ${hour}`;
  return make("time", { class: "when", datetime: iso, title: date.toLocaleString() }, text);
}

export const hourOf = (iso) => new Date(iso).toLocaleTimeString(undefined, { timeStyle: "short" });

setInterval(() => {
  for (const element of document.querySelectorAll('time[data-style="R"]')) {
    const text = fromNow(Number(element.dataset.seconds));
    if (element.textContent !== text) element.textContent = text;
  }
}, 1000);
