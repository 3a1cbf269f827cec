// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The operations of an OpenAPI document. */

/**
 * @returns {Array<{method, path, summary, description, tag, parameters, body,
 *     statuses, isWrite, canTry, document}>} body is the JSON Schema or null
 */
export function operationsOf(document) {
  const found = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      found.push(describe(document, path, method.toUpperCase(), operation));
    }
  }
  return found;
}

/**
 * The operations on one model, of a document that describes it. Where its fields do not
 * matter, the document has the name of the model as a parameter of the path.
 */
export function operationsOn(document, model) {
  return operationsOf(document)
    .map((operation) => ({
      ...operation,
      path: operation.path.replace("{model_name}", model),
      parameters: operation.parameters.filter((item) => item.name !== "model_name"),
    }))
    .filter((operation) => operation.path.split("/")[2] === model);
}

/** Follow a `$ref`. */
export function resolve(document, node) {
  let found = node;
  while (found?.$ref) {
    found = found.$ref
      .slice(2)
      .split("/")
      .reduce((value, name) => value[name.replaceAll("~1", "/").replaceAll("~0", "~")], document);
  }
  return found;
}

export function keyOf(operation) {
  return `${operation.method} ${operation.path}`;
}

function describe(document, path, method, operation) {
  const parameters = operation.parameters.map((item) => resolve(document, item));
  const content = operation.requestBody?.content["application/json"];
  const preferences = parameters.find((item) => item.in === "header" && item.name === "Prefer");
  return {
    method,
    path,
    summary: operation.summary,
    description: operation.description ?? "",
    tag: operation.tags[0],
    parameters,
    body: content ? resolve(document, content.schema) : null,
    statuses: Object.entries(operation.responses).map(([status, answer]) => [
      status,
      resolve(document, answer).description,
    ]),
    isWrite: method !== "GET" && !path.startsWith("/search/"),
    canTry: /\bdry-run\b/.test(preferences?.description ?? ""),
    document,
  };
}
