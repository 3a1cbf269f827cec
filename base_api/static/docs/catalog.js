// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** What the server says about itself: models, fields, endpoints. Each is read once. */
import { read } from "./credential.js";
import { operationsOf, operationsOn } from "./operations.js";
import { language } from "./texts.js";

const escaped = encodeURIComponent;
let kept = new Map();

/** Forget everything, for another caller or another language. */
export function forget() {
  kept = new Map();
}

/** @returns {Promise<Array<{model, name}>>} */
export const readModels = () => keep("models", async () => (await metadata("/models")).models);

/** @returns {Promise<Array>} the endpoints, with the name of a model as a parameter */
export const readEndpoints = () =>
  keep("endpoints", async () => operationsOf(await metadata("/openapi.json")));

/** @returns {Promise<Array>} the endpoints of one model */
export const readModelEndpoints = (model) =>
  keep(`endpoints ${model}`, async () => {
    const document = await metadata("/openapi.json", `?models=${escaped(model)}`);
    return operationsOn(document, model);
  });

/** @returns {Promise<Map<string, Object>>} the fields by name */
export const readFields = (model) =>
  keep(`fields ${model}`, async () => {
    const { fields } = await metadata(`/fields/${escaped(model)}`);
    return new Map(fields.map((field) => [field.name, field]));
  });

/** @returns {Promise<Array<{model, name, description, type}>>} of all models */
export const findFields = (text) =>
  keep(`found ${text}`, async () => (await metadata("/fields", `?search=${escaped(text)}`)).fields);

export const readActions = (model) =>
  keep(`actions ${model}`, async () => (await metadata(`/actions/${escaped(model)}`)).actions);

export const readMethods = (model) =>
  keep(`methods ${model}`, async () => (await metadata(`/methods/${escaped(model)}`)).methods);

/** @returns {Promise<Array<{id, display_name}>>} the records that fit a text best */
export async function readRecords(model, text = "", limit = 8) {
  const search = text ? `&display_name__search=${escaped(text)}` : "";
  const query = `?fields=display_name&limit=${limit}&count=none${search}`;
  return (await metadata(`/search/${escaped(model)}`, query)).records;
}

function metadata(path, query = "") {
  return read(path, query, { "Accept-Language": `${language}, *` });
}

function keep(name, make) {
  if (!kept.has(name)) {
    const map = kept;
    const made = make();
    made.catch(() => map.delete(name)); // the next one may succeed
    kept.set(name, made);
  }
  return kept.get(name);
}
