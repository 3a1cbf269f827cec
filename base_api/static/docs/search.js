// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The search over models, fields and endpoints. */
import { findFields, readEndpoints, readModels } from "./catalog.js";
import { keyOf } from "./operations.js";
import { endpointAddress, modelAddress } from "./route.js";

const MAX_RESULTS = 30;
const MIN_LENGTH = 2; // of a text with which fields are searched

/**
 * Find what fits all words of a text, the best first.
 *
 * The server searches the fields: "order amount" finds the amounts of sale.order.
 *
 * @returns {Promise<Array<{kind: "model"|"field"|"endpoint", title, note, href}>>}
 */
export async function search(text) {
  const words = text
    .toLowerCase()
    .split(/[\s/]+/)
    .filter(Boolean);
  if (!words.length) {
    return [];
  }
  const [models, endpoints, fields] = await Promise.all([
    readModels().catch(() => []),
    readEndpoints().catch(() => []),
    text.length < MIN_LENGTH ? [] : findFields(words.join(" ")).catch(() => []),
  ]);
  const found = [
    ...models.map((item) => rate(words, "model", item.model, item.name, modelAddress(item.model))),
    ...endpoints.map((item) =>
      rate(words, "endpoint", keyOf(item), item.summary, endpointAddress(keyOf(item))),
    ),
    ...fields.map(({ model, name, description }) =>
      rate(words, "field", `${model}.${name}`, description, modelAddress(model, "fields")),
    ),
  ];
  return found
    .filter((item) => item.score > 0)
    .sort((a, b) => b.score - a.score || a.title.length - b.title.length)
    .slice(0, MAX_RESULTS);
}

/** How many words a text has. */
function partOf(words, text) {
  return words.filter((word) => text.toLowerCase().includes(word)).length;
}

function rate(words, kind, title, note, href) {
  if (partOf(words, `${title} ${note}`) < words.length) {
    return { score: 0 };
  }
  const name = title.toLowerCase();
  const isName = [words.join(" "), words.join(".")].includes(name);
  const isStart = name.startsWith(words[0]) || note.toLowerCase().startsWith(words.join(" "));
  const score = 1 + 4 * partOf(words, name) + (isName ? 20 : 0) + (isStart ? 5 : 0);
  return { kind, title, note, href, score: score + { model: 3, endpoint: 1, field: 0 }[kind] };
}
