// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
//
// A small client for Odoo's REST API, to copy into your own code.
//
// Needs Node 18 or newer, and no packages. Run it to see a lead come and go:
//
//     ODOO_URL=http://localhost:8069 ODOO_API_KEY=... node odoo_api.mjs

import { realpathSync } from "node:fs";
import { env, argv } from "node:process";
import { fileURLToPath } from "node:url";

/** The API refused a request, and says why. */
export class ApiError extends Error {
  constructor(status, { code, message, details = [] }) {
    super(`${status} ${code}: ${message}`);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/**
 * One Odoo, and who you are there.
 *
 *     const api = new OdooApi("https://odoo.example.com", { apiKey: "..." });
 *     await api.search("res.partner", { is_company: true }, { fields: ["name"] });
 */
export class OdooApi {
  constructor(url, { apiKey, timeout = 30000 } = {}) {
    this.url = `${url.replace(/\/+$/, "")}/api/v2`;
    this.timeout = timeout;
    this.headers = apiKey ? { "api-key": apiKey } : {};
  }

  /** The version of the API; no credential is needed. */
  async test() {
    return (await this.call("GET", "/test")).version;
  }

  /** Gets a session token, which all later calls send; returns the user. */
  async logIn(username, password, totp) {
    const body = { username, password, ...(totp && { totp }) };
    const data = await this.call("POST", "/auth/login", { body });
    this.headers["session-token"] = data.session_token;
    return data.user;
  }

  async logOut() {
    await this.call("POST", "/auth/logout");
    delete this.headers["session-token"];
  }

  async me() {
    return (await this.call("GET", "/auth/me")).user;
  }

  /** The records whose fields have these values, by id. */
  async search(model, filters = {}, { fields, limit = 10, offset = 0 } = {}) {
    const params = { ...filters, limit, offset, ...(fields && { fields }) };
    return (await this.call("GET", `/search/${model}`, { params })).records;
  }

  /** One record, with all its fields unless some are chosen. */
  async get(model, id, fields) {
    const params = fields ? { fields } : {};
    return (await this.call("GET", `/search/${model}/${id}`, { params })).record;
  }

  /** The id of the new record. */
  async create(model, values) {
    return (await this.call("POST", `/create/${model}`, { body: values })).id;
  }

  async update(model, id, values) {
    const path = `/update/${model}/${id}`;
    return (await this.call("PUT", path, { body: values })).record;
  }

  async delete(model, id) {
    await this.call("DELETE", `/delete/${model}/${id}`);
  }

  /** What was written in the history of a record. */
  async messages(model, id) {
    const fields = ["subject", "body", "author_id", "create_date", "message_type"];
    const filters = { res_model: model, res_id: id };
    return this.search("mail.message", filters, { fields, limit: 100 });
  }

  /** Sends one request; returns its data or throws what went wrong. */
  async call(method, path, { params = {}, body } = {}) {
    const headers = { ...this.headers };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const query = new URLSearchParams(params).toString();
    const response = await fetch(this.url + path + (query && `?${query}`), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(this.timeout),
    });
    const text = await response.text();
    let answer;
    try {
      answer = JSON.parse(text);
    } catch {
      // a proxy in between, or no Odoo at all
      const message = text.slice(0, 200) || response.statusText;
      throw new ApiError(response.status, { code: "NOT_JSON", message });
    }
    if (!answer.success) throw new ApiError(response.status, answer.error);
    return answer.data;
  }
}

async function main() {
  const { ODOO_URL = "http://localhost:8069", ODOO_API_KEY: apiKey } = env;
  const { ODOO_USERNAME: username, ODOO_PASSWORD: password } = env;
  const api = new OdooApi(ODOO_URL, { apiKey });
  console.log("API version", await api.test());
  if (username) await api.logIn(username, password);
  console.log("Signed in as", (await api.me()).name);
  const companies = { is_company: true };
  const options = { fields: ["name", "city"], limit: 3 };
  for (const partner of await api.search("res.partner", companies, options)) {
    console.log("Company", partner.id, partner.name, partner.city || "-");
  }
  const values = { name: "Lead from JavaScript", expected_revenue: 100 };
  const lead = await api.create("crm.lead", values);
  console.log("Created lead", lead);
  await api.update("crm.lead", lead, { expected_revenue: 250 });
  const record = await api.get("crm.lead", lead, ["name", "expected_revenue"]);
  console.log("Changed lead", lead, record.name, record.expected_revenue);
  console.log("Messages", (await api.messages("crm.lead", lead)).length);
  await api.delete("crm.lead", lead);
  try {
    await api.get("crm.lead", lead);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    console.log("Deleted lead", lead, error.status, error.code);
  }
  if (username) {
    await api.logOut();
    console.log("Logged out");
  }
}

if (argv[1] && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  await main();
}
