// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "@base-api/client";
import { apiKey, baseUrl, newClient, newGenericClient, newPartner, unique } from "./server.js";

const partners = "res.partner";

test("methods return data", async () => {
  const api = newClient();
  const name = unique();
  const id = await newPartner(name);
  const params = { path: { record_id: String(id) } };
  const { record } = await api.GET("/search/res.partner/{record_id}", { params });
  assert.deepEqual([record.id, record.name], [id, name]);
  const body = { city: "Ghent" };
  await api.PATCH("/update/res.partner/{record_id}", { params, body });
  const query = { filters: { name__startswith: name, city: "Ghent" }, fields: "city" };
  const page = await api.GET("/search/res.partner", { params: { query } });
  assert.deepEqual(page.records, [{ id, city: "Ghent" }]);
  await api.DELETE("/delete/{model_name}/{record_id}", {
    params: { path: { model_name: partners, record_id: String(id) } },
  });
  await assert.rejects(
    api.GET("/search/res.partner/{record_id}", { params }),
    (error) => error instanceof ApiError && error.code === "RECORD_NOT_FOUND",
  );
});

test("types know the fields of a model", async () => {
  const api = newClient();
  const page = await api.GET("/search/res.partner", { params: { query: { limit: 1 } } });
  const [partner] = page.records;
  const isCompany: boolean | undefined = partner?.is_company;
  assert.equal(typeof isCompany, "undefined"); // a list has few fields by default
  // @ts-expect-error: the model has no such field
  assert.equal(partner?.nmae, undefined);
  // @ts-expect-error: there is no such path
  await assert.rejects(api.GET("/search/res.partners"), { status: 404 });
});

test("the package has types of the generic paths", async () => {
  const api = newGenericClient();
  const { count } = await api.GET("/count/{model_name}", {
    params: { path: { model_name: partners } },
  });
  assert(count > 0);
  assert.equal((await api.GET("/test")).version, "2.0");
});

test("an error has status, code, details and pointer", async () => {
  const sent = newClient().POST("/create/res.partner", {
    // @ts-expect-error: the type of the field
    body: { name: unique(), color: "red" },
  });
  const error = await rejection(sent);
  assert.deepEqual([error.status, error.code], [422, "VALIDATION_ERROR"]);
  assert.equal(error.pointer, "/color");
  assert.equal(error.details[0]?.code, "wrong_type");
  assert.match(error.requestId ?? "", /^[0-9a-f]{32}$/);
  assert.match(error.message, /^422 VALIDATION_ERROR: color/);
});

test("an error of a batch has its step", async () => {
  const path = "/search/res.partner/999999999";
  const error = await rejection(
    newGenericClient().POST("/batch", { body: { steps: [{ method: "GET", path }] } }),
  );
  assert.deepEqual([error.status, error.step?.index], [404, 0]);
});

test("an answer of something else is an error, too", async () => {
  const login = new URL("/web/login", baseUrl);
  const elsewhere = newGenericClient({ fetch: () => fetch(login) });
  const error = await rejection(elsewhere.GET("/test"));
  assert.deepEqual([error.status, error.code], [200, "NOT_JSON"]);
});

test("a wrong key is refused", async () => {
  const error = await rejection(newClient({ apiKey: `${apiKey}x` }).GET("/auth/me"));
  assert.deepEqual([error.status, error.code], [401, "INVALID_API_KEY"]);
});

test("files and exports are read as one asks for", async () => {
  const api = newGenericClient();
  const path = { model_name: partners, record_id: "1", field_name: "image_128" };
  const image = await api.GET("/binary/{model_name}/{record_id}/{field_name}", {
    params: { path },
    parseAs: "blob",
  });
  assert(image instanceof Blob);
  assert(image.size > 100);
  const query = { format: "csv", fields: "name", limit: 2 } as const;
  const text = await api.GET("/export/{model_name}", {
    params: { path: { model_name: partners }, query },
    parseAs: "text",
  });
  assert.equal(text.trim().split("\n").length, 3);
});

test("the response is there for those who need its headers", async () => {
  const api = newClient();
  const id = String(await newPartner(unique()));
  const params = { path: { record_id: id } };
  const { data, response } = await api.raw.GET("/search/res.partner/{record_id}", { params });
  assert.equal(data?.data.id, Number(id));
  const headers = { "If-Match": response.headers.get("ETag") };
  const write = () =>
    api.PATCH("/update/res.partner/{record_id}", { params, headers, body: { city: unique() } });
  await write();
  assert.equal((await rejection(write())).code, "PRECONDITION_FAILED");
});

async function rejection(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.then(
    () => assert.fail("It was not refused"),
    (reason: unknown) => reason,
  );
  assert(error instanceof ApiError, String(error));
  return error;
}
