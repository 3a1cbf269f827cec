// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
//
// A search, a create and an error with openapi-fetch and the types of
// openapi-typescript: of any model, and of some models with types of their own.

import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { paths as Generic } from "./generated/generic.js";
import type { paths as Models } from "./generated/models.js";

const { BASE_API_URL: baseUrl, BASE_API_KEY: key = "" } = process.env;
const options = {
  baseUrl,
  headers: { "api-key": key },
  // Filters are parameters of their own: name__ilike=azure.
  querySerializer: { object: { style: "form", explode: true } },
} as const;
const any = createClient<Generic>(options);
const api = createClient<Models>(options);

const lead = { model_name: "crm.lead" };
const page = await any.GET("/search/{model_name}", {
  params: { path: lead, query: { limit: 2, filters: { type: "opportunity" } } },
});
assert.equal(page.data?.success, true);
assert.equal(page.data.data.records.length, 2);

const created = await api.POST("/create/res.partner", {
  body: { name: "openapi-typescript", is_company: true },
});
assert.equal(created.response.status, 201);
assert(created.data && "id" in created.data.data && created.data.data.id);
const { id } = created.data.data;

const read = await api.GET("/search/res.partner", {
  params: { query: { filters: { id: String(id) }, fields: "name,is_company" } },
});
assert(read.data);
const [partner] = read.data.data.records;
assert(partner);
const isCompany: boolean | undefined = partner.is_company;
assert.deepEqual([partner.name, isCompany], ["openapi-typescript", true]);
// @ts-expect-error: the model has no such field
void partner.nmae;

const missing = await api.GET("/search/res.partner/{record_id}", {
  params: { path: { record_id: "999999999" } },
});
assert.equal(missing.response.status, 404);
assert.equal(missing.error?.success, false);
assert.equal(missing.error.error.code, "RECORD_NOT_FOUND");
console.log("openapi-typescript: searched, created, refused");
