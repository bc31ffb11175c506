// The menu of apps on a message: the bot's own commands for it.

import { make } from "./dom.js";

/** Open a menu beside a button. Rows are names; `choose(name)` takes one. */
export function openMenu(anchor, label, names, choose) {
  const close = () => {
    menu.remove();
    removeEventListener("pointerdown", outside, true);
    if (anchor.isConnected) anchor.focus();
  };
  const outside = (event) => { if (!menu.contains(event.target)) close(); };
  const take = (name) => {
    close();
    choose(name);
  };
  const rows = names.map((name) => make("button", { type: "button", role: "menuitem", tabindex: "-1", on: { click: () => take(name) } }, name));
  const none = make("p", { class: "only-you" }, "No app offers anything here.");
  const menu = make("div", { class: "menu", role: "menu", "aria-label": label }, rows.length ? rows : none);
  menu.addEventListener("keydown", (event) => {
    const at = rows.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") close();
    else if (to !== undefined && rows.length) rows[(to + rows.length) % rows.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.body.append(menu);
  const at = anchor.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(at.bottom + 4, innerHeight - menu.offsetHeight - 8))}px`;
  setTimeout(() => addEventListener("pointerdown", outside, true));
  rows[0]?.focus();
}
