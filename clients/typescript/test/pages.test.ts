// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import assert from "node:assert/strict";
import { test } from "node:test";
import { newClient, newGenericClient, newPartner, unique } from "./server.js";

test("records come page after page", async () => {
  let requests = 0;
  const api = newClient({
    fetch: (request) => {
      requests += 1;
      return fetch(request);
    },
  });
  const name = unique();
  const ids = [];
  for (const letter of "abcde") ids.push(await newPartner(`${name} ${letter}`));
  const query = { filters: { name__startswith: name }, fields: "name", limit: 2 };
  const params = { query: { ...query, order: "name desc" } };
  const found = [];
  for await (const partner of api.records("/search/res.partner", { params })) {
    found.push(partner.id);
  }
  assert.deepEqual(found, ids.reverse());
  assert.equal(requests, 3);
  const sizes = [];
  for await (const page of api.pages("/search/res.partner", { params })) {
    sizes.push(page.records.length);
  }
  assert.deepEqual(sizes, [2, 2, 1]);
});

test("nothing is requested that nobody takes", async () => {
  let requests = 0;
  const api = newClient({
    fetch: (request) => {
      requests += 1;
      return fetch(request);
    },
  });
  const params = { query: { limit: 2 } };
  for await (const partner of api.records("/search/res.partner", { params })) {
    if (partner.id) break;
  }
  assert.equal(requests, 1);
});

test("a name search has pages, though it has no cursors", async () => {
  const api = newGenericClient();
  const query = { filters: { display_name__search: "united" }, limit: 1 };
  const params = { path: { model_name: "res.country" }, query };
  const found = new Set();
  for await (const country of api.records("/search/{model_name}", { params })) {
    found.add(country.id);
  }
  assert(found.size > 2);
});

test("pages begin at an offset", async () => {
  const api = newGenericClient();
  const path = { model_name: "res.country" };
  const query = { order: "code", limit: 100, offset: 200 };
  const params = { path, query };
  let number = 0;
  for await (const _country of api.records("/search/{model_name}", { params })) number += 1;
  const { count } = await api.GET("/count/{model_name}", { params: { path } });
  assert.equal(number, count - 200);
});
