// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** An input for the value of a field: a choice, a record, a file, or text. */
import { readRecords } from "./catalog.js";
import { el, fill, newId, select } from "./dom.js";

const PAUSE = 200; // milliseconds without a key before records are searched

export function valueInput(field, value, change, attributes = {}) {
  if (field?.selection) {
    const options = field.selection.map(([key, label]) => [String(key), `${label} (${key})`]);
    return select([["", ""], ...options], value, change, attributes);
  }
  if (field?.type === "boolean") {
    return select(
      [
        ["", ""],
        ["true", "true"],
        ["false", "false"],
      ],
      value,
      change,
      attributes,
    );
  }
  if (field?.relation) {
    return recordInput(field, value, change, attributes);
  }
  if (field?.type === "binary") {
    return fileInput(change, attributes);
  }
  const type = field?.type === "date" ? "date" : "text";
  return el("input", { type, value, input: (event) => change(event.target.value), ...attributes });
}

/** Reads a file as Base64, as the API takes it in JSON. */
function fileInput(change, attributes) {
  const read = (event) => {
    const [file] = event.target.files;
    const reader = new FileReader();
    reader.addEventListener("load", () => change(reader.result.split(",")[1] ?? ""));
    change("");
    if (file) {
      reader.readAsDataURL(file);
    }
  };
  return el("input", { type: "file", change: read, ...attributes });
}

/** Suggests the ids of the records that fit what is typed. */
function recordInput(field, value, change, attributes) {
  const list = el("datalist", { id: newId() });
  let timer = 0;
  const suggest = async () => {
    const records = await readRecords(field.relation, input.value).catch(() => []);
    fill(
      list,
      records.map((record) => el("option", { value: record.id }, record.display_name)),
    );
  };
  const input = el("input", {
    list: list.id,
    value,
    autocomplete: "off",
    focus: suggest,
    input: () => {
      change(input.value);
      clearTimeout(timer);
      if (!/^\d+$/.test(input.value)) {
        timer = setTimeout(suggest, PAUSE);
      }
    },
    ...attributes,
  });
  return el("span", "with-list", input, list);
}
