// A list of suggestions under a text field that keeps the focus: the combobox pattern of ARIA.

import { freshId, make } from "./dom.js";

/** Suggestions for `input`, drawn into `box`. Rows are {value, label, description}; `choose(row)` takes one. */
export class Listbox {
  #rows = [];
  #active = -1;

  constructor(input, box, label, choose) {
    this.input = input;
    this.box = box;
    this.choose = choose;
    this.id = freshId("list");
    this.list = make("div", { role: "listbox", id: this.id, "aria-label": label });
    box.append(this.list);
    box.hidden = true;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.id);
    input.setAttribute("aria-expanded", "false");
  }

  get isOpen() {
    return !this.box.hidden;
  }

  show(rows) {
    this.#rows = rows;
    this.list.replaceChildren(...rows.map((row, index) => make("div", {
      class: "option-row", role: "option", id: `${this.id}-${index}`, "aria-selected": "false",
      on: { mousedown: (event) => event.preventDefault(), click: () => this.#take(index) },
    }, make("strong", {}, row.label), row.description ? make("small", {}, row.description) : null)));
    this.box.hidden = rows.length === 0;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.#activate(rows.length ? 0 : -1);
  }

  hide() {
    this.show([]);
  }

  /** Handle a key of the input. True when the list has used it. */
  key(event) {
    if (!this.isOpen || event.isComposing) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#activate((this.#active + step + this.#rows.length) % this.#rows.length);
    } else if (event.key === "Enter" || event.key === "Tab") {
      if (event.shiftKey || this.#active < 0) return false;
      this.#take(this.#active);
    } else if (event.key === "Escape") {
      this.hide();
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #activate(index) {
    this.list.children[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = index;
    const row = this.list.children[index];
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #take(index) {
    const row = this.#rows[index];
    this.hide();
    this.choose(row);
  }
}
