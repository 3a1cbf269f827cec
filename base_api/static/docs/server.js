// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** The server that the page came from. */

export const ROOT = new URL("../../..", import.meta.url).pathname.replace(/\/$/, "");
export const DOCS = `${ROOT}/docs`;

/** The server refused a request; `code` is null if it was not reached. */
export class Refused extends Error {
  constructor(status, error) {
    super(error?.message ?? String(status));
    this.status = status;
    this.code = error?.code ?? null;
    this.details = error?.details ?? [];
  }
}

/**
 * Send a request.
 *
 * @param {{method, path, query, headers, body}} request the path after /api/v2, the
 *     query as text, the body as text
 * @returns {Promise<{status, ok, headers, text, json, blob, milliseconds}>} json is
 *     undefined for anything else
 * @throws {Refused} without a status, if there was no answer
 */
export async function send({ method, path, query = "", headers = {}, body }) {
  const start = performance.now();
  // The cookie of Odoo is for the exchange only.
  const credentials = path === "/auth/web-session" ? "same-origin" : "omit";
  const options = { method, headers: { ...headers }, cache: "no-store", credentials };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = body;
  }
  let response, blob;
  try {
    response = await fetch(ROOT + path + query, options);
    blob = await response.blob();
  } catch {
    throw new Refused(0, null);
  }
  const answer = { status: response.status, ok: response.ok, headers: response.headers, blob };
  answer.milliseconds = Math.round(performance.now() - start);
  const type = response.headers.get("Content-Type") ?? "";
  if (/^text\/|json/.test(type)) {
    answer.text = await blob.text();
  }
  if (/json/.test(type) && !/ndjson/.test(type)) {
    answer.json = parse(answer.text);
  }
  return answer;
}

/** Return `data` of an answer, or the whole of one without an envelope. */
export function dataOf(answer) {
  if (!answer.ok) {
    throw new Refused(answer.status, answer.json?.error);
  }
  return answer.json && "data" in answer.json ? answer.json.data : answer.json;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
