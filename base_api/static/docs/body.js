// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** Bodies made from the fields of a model. */
import { readFields, readRecords } from "./catalog.js";
import { resolve } from "./operations.js";

const TEXTS = { char: "", text: "", html: "<p></p>", binary: "" };

/** Return the text of a first body for an operation. */
export async function firstBody(operation, model) {
  const verb = operation.path.split("/")[1];
  if (model && (verb === "create" || verb === "upsert")) {
    return pretty(await requiredValues(model));
  }
  if (model && verb === "update") {
    const values = {};
    return pretty(operation.path.includes("{record_id}") ? values : { ids: [1], values });
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
  switch (field.type) {
    case "selection":
    case "reference":
      return field.selection?.[0]?.[0] ?? "";
    case "many2one":
      return (await firstId(field.relation)) ?? 1;
    case "many2many":
      return [(await firstId(field.relation)) ?? 1];
    case "one2many":
      return { create: [{}] };
    case "boolean":
      return true;
    case "integer":
    case "many2one_reference":
      return 1;
    case "float":
    case "monetary":
      return 1.5;
    case "date":
      return new Date().toISOString().slice(0, 10);
    case "datetime":
      return `${new Date().toISOString().slice(0, 19)}Z`;
    default:
      return field.type in TEXTS ? TEXTS[field.type] || field.description : {};
  }
}

/** Return what somebody typed as a value of a field: `12` is a number for an integer. */
export function typedValue(field, text) {
  if (!["char", "text", "html", "selection", "date", "datetime", "binary"].includes(field?.type)) {
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

async function firstId(model) {
  const [record] = await readRecords(model, "", 1).catch(() => []);
  return record?.id;
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
