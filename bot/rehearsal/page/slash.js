// The form for a slash command's options, with suggestions while typing.

import { entities } from "./components.js";
import { freshId, make } from "./dom.js";
import { Listbox } from "./listbox.js";

const ENTITY_OF_OPTION = { 6: 5, 7: 8, 8: 6, 9: 7 }; // option type → type of the menu that offers the same things
const TYPING_PAUSE = 120;

/** The commands whose name contains all the words that were typed; those that begin with it come first. */
export function matching(commands, typed) {
  const wanted = typed.toLowerCase().replace(/\s+/g, " ").trimStart();
  const parts = wanted.split(" ").filter(Boolean);
  const found = commands.filter((command) => parts.every((part) => command.name.includes(part)));
  return found.sort((a, b) => Number(b.name.startsWith(wanted)) - Number(a.name.startsWith(wanted)));
}

/** A command's form. `run(options)` and `complete(option, text, options)` ask the room; `cancel()` closes it. */
export function commandForm(command, { run, complete, cancel }) {
  const readers = new Map();
  const options = () => Object.fromEntries([...readers].map(([name, read]) => [name, read()]).filter(([, value]) => value !== ""));
  const problem = make("p", { class: "wrong", role: "alert" });
  const fields = command.options.map((option) => optionField(option, readers, (text) => complete(option.name, text, options())));
  const go = make("button", { type: "submit", class: "press primary" }, "Run");
  const title = freshId("command");
  const form = make("form", { class: "command form", novalidate: true, "aria-labelledby": title },
    make("h2", { id: title }, `/${command.name}`), make("p", {}, command.description), make("div", { class: "fields" }, fields), problem,
    make("div", { class: "actions" }, make("button", { type: "button", class: "press", on: { click: cancel } }, "Cancel"), go));
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") cancel(); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const missing = command.options.find((option) => option.required && readers.get(option.name)() === "");
    problem.textContent = missing ? `“${missing.name}” is required.` : "";
    if (missing) return form.querySelector(`[data-option="${CSS.escape(missing.name)}"]`).focus();
    go.disabled = true;
    go.setAttribute("aria-busy", "true");
    try {
      await run(options());
    } catch (error) {
      problem.textContent = error.message;
      go.disabled = false;
      go.removeAttribute("aria-busy");
    }
  });
  const focus = () => (form.querySelector("[data-option]") ?? go).focus();
  return { form, focus };
}

function optionField(option, readers, complete) {
  const id = freshId("option");
  const offered = choicesOf(option);
  const input = offered ? dropdown(option, offered) : textInput(option);
  input.id = id;
  input.dataset.option = option.name;
  input.setAttribute("aria-describedby", `${id}-hint`);
  if (option.required) input.setAttribute("aria-required", "true");
  let read = () => (offered && option.type === 5 && input.value ? input.value === "true" : input.value.trim());
  const box = make("div", { class: "field" },
    make("label", { for: id }, option.name, option.required ? make("span", { class: "must" }, " required") : null),
    make("span", { class: "hint", id: `${id}-hint` }, option.description), input);
  if (option.autocomplete) read = suggesting(option, input, box, complete);
  readers.set(option.name, read);
  return box;
}

function choicesOf(option) {
  if (option.type === 5) return [{ value: "true", label: "True" }, { value: "false", label: "False" }];
  if (option.type in ENTITY_OF_OPTION) return entities(ENTITY_OF_OPTION[option.type]);
  return option.choices?.length ? option.choices.map((choice) => ({ value: String(choice.value), label: choice.name })) : null;
}

function dropdown(option, offered) {
  const none = make("option", { value: "" }, option.required ? "Choose…" : "None");
  return make("select", {}, none, offered.map(({ value, label }) => make("option", { value }, label)));
}

function textInput(option) {
  const input = make("input", { type: "text", autocomplete: "off" });
  if (option.type === 4 || option.type === 10) {
    input.inputMode = option.type === 4 ? "numeric" : "decimal";
    const bounds = [option.min_value, option.max_value];
    if (bounds.every((bound) => bound !== undefined)) input.placeholder = `${bounds[0]} to ${bounds[1]}`;
  }
  if (option.max_length) input.maxLength = option.max_length;
  return input;
}

/** Suggestions from the bot: the field shows a row's name, the command gets its value. */
function suggesting(option, input, box, complete) {
  const popup = make("div", { class: "suggestions" });
  let chosen = null;
  let latestRows = [];
  let latest = 0;
  let timer = 0;
  const list = new Listbox(input, popup, `Suggestions for ${option.name}`, (row) => {
    input.value = row.label;
    chosen = row;
    clearTimeout(timer);
    latest += 1; // an answer that is still under way must not open the list again
  });
  box.append(popup);
  const ask = async () => {
    const turn = ++latest;
    try {
      const rows = await complete(input.value);
      if (turn !== latest || document.activeElement !== input) return;
      latestRows = rows.slice(0, 25).map((row) => ({ value: String(row.value), label: row.name }));
      list.show(latestRows);
    } catch {
      list.hide();
    }
  };
  input.addEventListener("focus", ask);
  input.addEventListener("input", () => {
    chosen = null;
    latest += 1; // nor may an answer to what stood here before
    // Until the bot has answered, only those of its last rows that still fit: Enter must not take one that does not.
    const typed = input.value.trim().toLowerCase();
    list.show(latestRows.filter((row) => row.label.toLowerCase().includes(typed)));
    clearTimeout(timer);
    timer = setTimeout(ask, TYPING_PAUSE);
  });
  input.addEventListener("blur", () => list.hide());
  input.addEventListener("keydown", (event) => list.key(event));
  return () => (chosen && chosen.label === input.value ? chosen.value : input.value.trim());
}
