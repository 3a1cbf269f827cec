// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** Addresses inside of the page, after the #. */

export function modelAddress(model, operation) {
  return `#/model/${encodeURIComponent(model)}${operation ? `/${encodeURIComponent(operation)}` : ""}`;
}

export function endpointAddress(key) {
  return `#/endpoint/${encodeURIComponent(key)}`;
}

/** @returns {{view: "home"|"model"|"endpoint", name: string, part: string}} */
export function currentRoute() {
  const [view, name, part] = location.hash.slice(2).split("/").map(decoded);
  return ["model", "endpoint"].includes(view) && name
    ? { view, name, part: part ?? "" }
    : { view: "home", name: "", part: "" };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
