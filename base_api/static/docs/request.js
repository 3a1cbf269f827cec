// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** A request that the reader puts together. */

/**
 * @returns the state of a new request: what is chosen for each part of it
 */
export function newRequest(operation, model) {
  return {
    operation,
    model,
    path: {},
    query: {},
    fields: [],
    filters: [],
    order: [],
    body: "",
    dryRun: operation.canTry,
    isMeant: false, // a write that cannot be tried, and shall be sent
  };
}

/**
 * @returns {{method, path, query, headers, body, missing}} as `server.send` takes it;
 *     `missing` are the names of parts of the path without a value
 */
export function composed(state) {
  const missing = [];
  const path = state.operation.path.replace(/\{(\w+)\}/g, (match, name) => {
    const value = String(state.path[name] ?? "").trim();
    if (!value) {
      missing.push(name);
      return match;
    }
    return escaped(value);
  });
  const pairs = [...Object.entries(state.query).filter(([, value]) => value !== "")];
  if (state.fields.length) {
    pairs.push(["fields", state.fields.join(",")]);
  }
  if (state.order.length) {
    pairs.push(["order", state.order.join(", ")]);
  }
  for (const { name, operator, value } of state.filters.filter((filter) => filter.name)) {
    pairs.push([operator === "eq" ? name : `${name}__${operator}`, value]);
  }
  const query = pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join("&");
  const request = { method: state.operation.method, path, query: query && `?${query}`, headers: {}, missing };
  if (state.dryRun) {
    request.headers.Prefer = "dry-run";
  }
  if (state.operation.body && state.body.trim()) {
    request.body = state.body;
  }
  return request;
}

/** Percent-encode, except for what is easier to read and allowed in a query. */
function escaped(text) {
  return encodeURIComponent(text)
    .replace(/%(2C|3A|40)/g, decodeURIComponent)
    .replaceAll("'", "%27");
}
