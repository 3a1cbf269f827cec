// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** Elements of the page. Data becomes text nodes and attributes, never markup. */

/**
 * Make an element.
 *
 * @param {Object|string} attributes true and false switch an attribute, a function
 *     listens to the event of that name; or the class alone
 * @param children elements and texts; null and false are left out
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  const all = typeof attributes === "string" ? { class: attributes } : attributes;
  for (const [name, value] of Object.entries(all)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (name === "value") {
      element.value = value;
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...present(children));
  return element;
}

/** Replace the contents of an element; the focus stays at the same place in it. */
export function fill(element, ...children) {
  const position = controlsOf(element).indexOf(document.activeElement);
  element.replaceChildren(...present(children));
  controlsOf(element)[position]?.focus();
  return element;
}

export function button(label, click, attributes = {}) {
  return el("button", { type: "button", click, ...attributes }, label);
}

/** A label with its control, and the id that joins them. */
export function labelled(text, control, attributes = {}) {
  control.id ||= newId();
  return el("div", { class: "field", ...attributes }, el("label", { for: control.id }, text), control);
}

export function select(options, chosen, change, attributes = {}) {
  const rows = options.map(([value, label]) => el("option", { value, selected: value === chosen }, label));
  return el("select", { change: (event) => change(event.target.value), ...attributes }, rows);
}

let ids = 0;

export function newId() {
  ids += 1;
  return `id${ids}`;
}

function controlsOf(element) {
  return [...element.querySelectorAll("input, select, textarea, button, a")];
}

function present(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child)));
}
