// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The search over models, fields and endpoints. */
import { knownFields, readEndpoints, readFields, readModels } from "./catalog.js";
import { keyOf } from "./operations.js";
import { endpointAddress, modelAddress } from "./route.js";

const MAX_RESULTS = 30;
const MAX_MODELS = 3; // whose fields are read for a search

/**
 * Find what fits all words of a text, the best first.
 *
 * Fields are those of models that were looked at, and of the models that fit some of
 * the words: "order amount" finds the amounts of sale.order.
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
  const [models, endpoints] = await Promise.all([
    readModels().catch(() => []),
    readEndpoints().catch(() => []),
  ]);
  const found = [
    ...models.map((item) => rate(words, "model", item.model, item.name, modelAddress(item.model))),
    ...endpoints.map((item) =>
      rate(words, "endpoint", keyOf(item), item.summary, endpointAddress(keyOf(item))),
    ),
    ...(await fieldsFor(words, models)),
  ];
  return found
    .filter((item) => item.score > 0)
    .sort((a, b) => b.score - a.score || a.title.length - b.title.length)
    .slice(0, MAX_RESULTS);
}

async function fieldsFor(words, models) {
  const named = models
    .map((item) => ({ model: item.model, score: partOf(words, `${item.model} ${item.name}`) }))
    .filter((item) => item.score)
    .sort((a, b) => b.score - a.score || a.model.length - b.model.length)
    .slice(0, MAX_MODELS);
  await Promise.all(named.map(({ model }) => readFields(model).catch(() => null)));
  return (await knownFields()).flatMap(([model, fields]) =>
    [...fields.values()].map((field) => {
      const title = `${model}.${field.name}`;
      return rate(words, "field", title, field.description, modelAddress(model, "fields"));
    }),
  );
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
