// The forms that the bot opens, as real dialogs. What was typed is kept until the room has taken it.

import { entities, optionRow } from "./components.js";
import { byId, freshId, make, press } from "./dom.js";
import { words } from "./markdown.js";

const drafts = new Map(); // a form's custom_id → its values, for a form that was closed by mistake

/** Open a form. `submit(values)` resolves when the room has taken it and rejects with a sentence; `back` gets the focus. */
export function openForm(spec, submit, back) {
  const readers = [];
  const kept = drafts.get(spec.custom_id) ?? {};
  const inner = make("div", { class: "inner" }, spec.components.map((component) => field(component, readers, kept)));
  const problem = make("p", { class: "wrong", role: "alert" });
  const send = make("button", { type: "submit", class: "press primary" }, "Submit");
  const title = freshId("form");
  const close = () => dialog.close();
  const form = make("form", { class: "form", novalidate: true },
    make("header", {}, make("h2", { id: title }, spec.title), press("icon-button", close, "✕", { "aria-label": "Close" })),
    inner,
    make("footer", {}, problem, make("div", { class: "actions" }, press("press", close, "Cancel"), send)));
  const dialog = make("dialog", { "aria-labelledby": title }, form);
  const values = () => Object.fromEntries(readers.map(({ id, read }) => [id, read()]));
  let taken = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const missing = readers.find((reader) => reader.missing());
    problem.textContent = missing ? missing.missing() : "";
    if (missing) return missing.focus();
    send.disabled = true;
    send.setAttribute("aria-busy", "true");
    try {
      await submit(values());
      taken = true;
      drafts.delete(spec.custom_id);
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
    } finally {
      send.disabled = false;
      send.removeAttribute("aria-busy");
    }
  });
  dialog.addEventListener("close", () => {
    if (!taken) drafts.set(spec.custom_id, values());
    dialog.remove();
    back();
  });
  byId("dialogs").append(dialog);
  dialog.showModal();
  (dialog.querySelector(".inner :is(input:checked, input, textarea, select)") ?? send).focus();
}

/** Ask before something that cannot be undone. */
export function confirmed(question, consequence, verb, act) {
  const title = freshId("question");
  const yes = make("button", { type: "submit", class: "press danger" }, verb);
  const form = make("form", { class: "form" },
    make("header", {}, make("h2", { id: title }, question)),
    make("div", { class: "inner" }, make("p", {}, consequence)),
    make("footer", {}, make("div", { class: "actions" }, press("press", () => dialog.close(), "Cancel"), yes)));
  const dialog = make("dialog", { "aria-labelledby": title }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    act();
  });
  dialog.addEventListener("close", () => dialog.remove());
  byId("dialogs").append(dialog);
  dialog.showModal();
  yes.focus();
}

function field(component, readers, kept) {
  if (component.type === 10) return words(component.content);
  if (component.type === 1) return make("div", {}, component.components.map((child) => field({ ...child, labelled: child.label }, readers, kept)));
  const control = component.type === 18 ? component.component : component;
  const label = component.label ?? control.label ?? "";
  const draw = FIELDS[control.type];
  if (!draw) return make("p", { class: "note" }, `“${label}” cannot be filled in here.`);
  return draw(control, label, component.description, readers, kept[control.custom_id]);
}

const isRequired = (control) => control.required ?? true;
const must = (control) => (isRequired(control) ? make("span", { class: "must" }, " required") : null);

function labelled(control, label, description, element, extra) {
  const id = freshId("field");
  element.id = id;
  const hint = description ? make("span", { class: "hint", id: `${id}-hint` }, description) : null;
  if (hint) element.setAttribute("aria-describedby", hint.id);
  return make("div", { class: "field" }, make("label", { for: id }, label, must(control)), hint, element, extra);
}

function textField(control, label, description, readers, kept) {
  const long = control.style === 2;
  const element = make(long ? "textarea" : "input", { placeholder: control.placeholder ?? null, required: isRequired(control), autocomplete: "off" });
  if (!long) element.type = "text";
  element.value = control.value || kept || "";
  const most = control.max_length ?? 4000;
  element.maxLength = most;
  const counter = make("span", { class: "counter" });
  const count = () => { counter.textContent = `${element.value.length} / ${most}`; };
  element.addEventListener("input", count);
  count();
  const missing = () => {
    if (isRequired(control) && !element.value.trim()) return `“${label}” is required.`;
    if (element.value && element.value.length < (control.min_length ?? 0)) return `“${label}” needs at least ${control.min_length} characters.`;
    return null;
  };
  readers.push({ id: control.custom_id, read: () => element.value, missing, focus: () => element.focus() });
  return labelled(control, label, description, element, counter);
}

function selectField(control, label, description, readers, kept) {
  const offered = control.type === 3 ? control.options : entities(control.type);
  const many = (control.max_values ?? 1) > 1;
  const element = make("select", { multiple: many, required: isRequired(control) },
    many ? null : make("option", { value: "" }, control.placeholder ?? "Choose…"),
    offered.map((option) => optionRow(option, kept ? kept.includes(option.value) : option.default === true)));
  const read = () => [...element.selectedOptions].map((option) => option.value).filter(Boolean);
  const missing = () => (isRequired(control) && read().length === 0 ? `“${label}” is required.` : null);
  readers.push({ id: control.custom_id, read, missing, focus: () => element.focus() });
  return labelled(control, label, description, element);
}

function group(control, label, description, inputs) {
  const hint = description ? make("span", { class: "hint" }, description) : null;
  return make("fieldset", { class: "field" }, make("legend", {}, label, must(control)), hint, inputs);
}

function choice(type, name, option, checked) {
  const id = freshId("choice");
  const input = make("input", { type, id, name, value: option.value ?? "on", checked });
  const description = option.description ? make("small", {}, option.description) : null;
  return [input, make("div", { class: "choice" }, input, make("label", { for: id }, option.label, description))];
}

function radioField(control, label, description, readers, kept) {
  const name = freshId("radio");
  const drawn = control.options.map((option) => choice("radio", name, option, kept ? kept === option.value : option.default === true));
  const read = () => drawn.find(([input]) => input.checked)?.[0].value ?? null;
  const missing = () => (isRequired(control) && read() === null ? `“${label}” is required.` : null);
  readers.push({ id: control.custom_id, read, missing, focus: () => drawn[0][0].focus() });
  return group(control, label, description, drawn.map(([, row]) => row));
}

function checkField(control, label, description, readers, kept) {
  const drawn = control.options.map((option) => choice("checkbox", freshId("check"), option, kept ? kept.includes(option.value) : option.default === true));
  const read = () => drawn.filter(([input]) => input.checked).map(([input]) => input.value);
  const missing = () => (isRequired(control) && read().length === 0 ? `“${label}” is required.` : null);
  readers.push({ id: control.custom_id, read, missing, focus: () => drawn[0][0].focus() });
  return group(control, label, description, drawn.map(([, row]) => row));
}

function singleCheck(control, label, description, readers, kept) {
  const [input, row] = choice("checkbox", freshId("check"), { label, description }, kept ?? control.default === true);
  readers.push({ id: control.custom_id, read: () => input.checked, missing: () => null, focus: () => input.focus() });
  return row;
}

// By the type of Discord's component: text, the menus, radio buttons, check boxes.
const FIELDS = {
  4: textField, 3: selectField, 5: selectField, 6: selectField, 7: selectField, 8: selectField,
  21: radioField, 22: checkField, 23: singleCheck,
};
