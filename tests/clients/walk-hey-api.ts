// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
//
// A search, a create, a file and an error with the client of @hey-api/openapi-ts.

import assert from "node:assert/strict";
import { client as anyClient } from "./generated/hey-api-generic/client.gen.js";
import { readFile, searchRecords } from "./generated/hey-api-generic/sdk.gen.js";
import { client } from "./generated/hey-api-models/client.gen.js";
import {
  createRecordsResPartner,
  readRecordResPartner,
  searchRecordsResPartner,
} from "./generated/hey-api-models/sdk.gen.js";

const { BASE_API_URL: baseUrl, BASE_API_KEY: key = "" } = process.env;
for (const each of [anyClient, client]) {
  each.setConfig({
    baseUrl,
    auth: (scheme) => (scheme.name === "api-key" ? key : undefined),
    // Filters are parameters of their own: name__ilike=azure.
    querySerializer: { object: { style: "form", explode: true } },
  });
}

const page = await searchRecords({
  path: { model_name: "crm.lead" },
  query: { limit: 2, filters: { type: "opportunity" } },
});
assert.equal(page.data?.data.records.length, 2);

const created = await createRecordsResPartner({
  body: { name: "hey-api", is_company: true },
});
assert.equal(created.response?.status, 201);
assert(created.data && "id" in created.data.data && created.data.data.id);
const { id } = created.data.data;

const read = await searchRecordsResPartner({
  query: { filters: { id: String(id) }, fields: "name,is_company" },
});
const [partner] = read.data?.data.records ?? [];
assert(partner);
const isCompany: boolean | undefined = partner.is_company;
assert.deepEqual([partner.name, isCompany], ["hey-api", true]);
// @ts-expect-error: the model has no such field
void partner.nmae;

const path = { model_name: "res.partner", record_id: "1", field_name: "image_128" };
const image = await readFile({ path, parseAs: "blob" });
assert(image.data instanceof Blob);
assert(image.data.size > 100);

const missing = await readRecordResPartner({ path: { record_id: "999999999" } });
assert.equal(missing.response?.status, 404);
assert(missing.error && "error" in missing.error);
assert.equal(missing.error.error.code, "RECORD_NOT_FOUND");
console.log("hey-api: searched, created, loaded a file, refused");
