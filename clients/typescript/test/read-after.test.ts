// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import assert from "node:assert/strict";
import { test } from "node:test";
import { newClient, newPartner, unique } from "./server.js";

test("reads are sent with the position of the last write", async () => {
  const position = `1-${"0".repeat(16)}`;
  const sent: (string | null)[] = [];
  const api = newClient({
    // A server with a replica answers the header.
    fetch: async (request) => {
      sent.push(request.headers.get("Read-After"));
      const response = await fetch(request);
      const headers = new Headers(response.headers);
      if (request.url.includes("/create/")) headers.set("Read-After", position);
      return new Response(response.body, { status: response.status, headers });
    },
  });
  const query = { limit: 1 };
  await api.GET("/search/res.partner", { params: { query } });
  await newPartner(unique(), api);
  await api.GET("/search/res.partner", { params: { query } });
  const body = { ...query, offset: 0, nested_limit: 100 };
  await api.POST("/search/res.partner", { body });
  await newPartner(unique(), api);
  assert.deepEqual(sent, [null, null, position, position, null]);
});
