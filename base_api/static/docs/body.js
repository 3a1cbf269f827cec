// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** Bodies made from the fields of a model. */
import { readFields, readRecords } from "./catalog.js";
import { resolve } from "./operations.js";

const now = (length) => new Date().toISOString().slice(0, length);
const EXAMPLES = {
  boolean: () => true,
  integer: () => 1,
  float: () => 1.5,
  monetary: () => 1.5,
  date: () => now(10),
  datetime: () => `${now(19)}Z`,
  json: () => ({}),
  properties: () => ({}),
};
const TEXTS = ["char", "text", "html", "selection", "date", "datetime", "binary"];

/** Return the text of a first body for an operation. */
export async function firstBody(operation, model) {
  const verb = operation.path.split("/")[1];
  if (model && (verb === "create" || verb === "upsert")) {
    return pretty(await requiredValues(model));
  }
  if (model && verb === "update") {
    return pretty(operation.path.includes("{record_id}") ? {} : { ids: [1], values: {} });
  }
  return pretty(fromSchema(operation.document, operation.body));
}

/** Return a body with one more value, in a line of a record where the name is dotted. */
export async function withValue(text, model, name, value) {
  const body = JSON.parse(text.trim() || "{}");
  const target = body.values ?? body;
  const [first, ...rest] = name.split(".");
  if (!rest.length) {
    target[first] = value;
  } else {
    const lines = target[first]?.create ?? [{}];
    Object.assign(lines[lines.length - 1], { [rest.join(".")]: value });
    target[first] = { create: lines };
  }
  return pretty(body);
}

/** Return an example of a field: a record that exists, a value that is allowed. */
export async function exampleValue(field) {
  const { type, relation, selection, description } = field;
  if (type === "one2many") {
    return { create: [{}] };
  }
  if (relation) {
    const [record] = await readRecords(relation, "", 1).catch(() => []);
    const id = record?.id ?? 1;
    return type === "many2many" ? [id] : id;
  }
  return selection ? selection[0]?.[0] : (EXAMPLES[type]?.() ?? description);
}

/** Return what somebody typed as a value of a field: `12` is a number for an integer. */
export function typedValue(field, text) {
  if (!TEXTS.includes(field.type)) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  const key = field.selection && field.selection.find(([value]) => String(value) === text);
  return key ? key[0] : text;
}

export function pretty(value) {
  return JSON.stringify(value, null, 2);
}

async function requiredValues(model) {
  const fields = await readFields(model);
  const values = {};
  for (const field of fields.values()) {
    if (field.required_on_create) {
      values[field.name] = await exampleValue(field);
    }
  }
  if (!Object.keys(values).length && fields.get("name")?.writable) {
    values.name = await exampleValue(fields.get("name"));
  }
  return values;
}

/** Return the members of a schema that are required, or all of a small one. */
function fromSchema(document, schema) {
  const node = follow(document, schema);
  if (node.examples?.length) {
    return node.examples[0];
  }
  if (node.enum || "const" in node || "default" in node) {
    return node.const ?? node.default ?? node.enum[0];
  }
  const type = Array.isArray(node.type) ? node.type[0] : node.type;
  if (type === "array") {
    return node.minItems ? [fromSchema(document, node.items ?? {})] : [];
  }
  if (type === "object" || node.properties) {
    const names = node.required ?? [];
    return Object.fromEntries(names.map((name) => [name, fromSchema(document, node.properties[name])]));
  }
  return { integer: 1, number: 1, boolean: false, string: "" }[type] ?? {};
}

function follow(document, schema) {
  let node = resolve(document, schema);
  while (node.oneOf || node.anyOf) {
    node = resolve(document, (node.oneOf ?? node.anyOf)[0]);
  }
  return node;
}
