// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
//
// A client of the REST API that the Odoo addon base_api provides.

export { type Client, type ClientOptions, createClient } from "./client.js";
export { ApiError, type ErrorDetail } from "./errors.js";
export type { RetryOptions } from "./retries.js";
export type { components, operations, paths } from "./schema.js";
export type { Session } from "./session.js";
export type { DataOf, PagedPath } from "./types.js";
