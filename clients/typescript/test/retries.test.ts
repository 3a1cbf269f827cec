// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "@base-api/client";
import { countPartners, newClient, newPartner, unique } from "./server.js";

type Send = (request: Request) => Promise<Response>;

const retry = { delay: 1 };

/** A network with failures: each takes one request, the others reach the server. */
function network(...failures: Send[]) {
  const requests: Request[] = [];
  const send: Send = (request) => {
    requests.push(request);
    return (failures.shift() ?? fetch)(request);
  };
  return { requests, send };
}

const unreachable: Send = () => Promise.reject(new TypeError("fetch failed"));

/** The request arrives, and its answer is lost. */
const lost: Send = async (request) => {
  await (await fetch(request)).arrayBuffer();
  throw new TypeError("terminated");
};

function status(number: number, headers: Record<string, string> = {}): Send {
  return async () => new Response("a proxy", { status: number, headers });
}

test("a write whose answer is lost is carried out once", async () => {
  const { requests, send } = network(lost, status(502), lost);
  const name = unique();
  const id = await newPartner(name, newClient({ fetch: send, retry }));
  assert.equal(requests.length, 4);
  const keys = requests.map((request) => request.headers.get("Idempotency-Key"));
  assert.equal(new Set(keys).size, 1);
  assert.match(String(keys[0]), /^[0-9a-f]{32}$/);
  assert.equal(await countPartners(name), 1);
  assert(id > 0);
});

test("each write has a key of its own, reads have none", async () => {
  const { requests, send } = network();
  const api = newClient({ fetch: send, retry });
  await newPartner(unique(), api);
  await newPartner(unique(), api);
  await api.GET("/auth/me");
  const keys = requests.map((request) => request.headers.get("Idempotency-Key"));
  assert.equal(new Set(keys).size, 3);
  assert.equal(keys[2], null);
});

test("a key of the caller is kept", async () => {
  const { requests, send } = network(lost);
  const name = unique();
  const headers = { "Idempotency-Key": name.replaceAll(" ", "-") };
  const body = { name };
  await newClient({ fetch: send, retry }).POST("/create/res.partner", { headers, body });
  for (const request of requests) {
    assert.equal(request.headers.get("Idempotency-Key"), headers["Idempotency-Key"]);
  }
  assert.equal(requests.length, 2);
});

for (const failure of [unreachable, status(502), status(503), status(504)]) {
  test(`a read is repeated (${failure.name || "status"})`, async () => {
    const { requests, send } = network(failure, failure);
    await newClient({ fetch: send, retry }).GET("/auth/me");
    assert.equal(requests.length, 3);
  });
}

test("Retry-After is waited for, in seconds or as a date", async () => {
  const moment = new Date(Date.now() + 1000).toUTCString();
  const { requests, send } = network(
    status(429, { "Retry-After": "1" }),
    status(503, { "Retry-After": moment }),
  );
  const start = performance.now();
  await newClient({ fetch: send, retry }).GET("/auth/me");
  assert.equal(requests.length, 3);
  assert(performance.now() - start >= 990);
});

test("a Retry-After that is too long is an error at once", async () => {
  const { requests, send } = network(status(429, { "Retry-After": "3600" }));
  const sent = newClient({ fetch: send, retry }).GET("/auth/me");
  await assert.rejects(sent, (error) => error instanceof ApiError && error.status === 429);
  assert.equal(requests.length, 1);
});

test("it gives up in the end", async () => {
  const { requests, send } = network(...Array<Send>(9).fill(unreachable));
  const api = newClient({ fetch: send, retry: { ...retry, retries: 2 } });
  await assert.rejects(api.GET("/auth/me"), TypeError);
  assert.equal(requests.length, 3);
});

test("a login is not repeated when its answer is lost", async () => {
  const { requests, send } = network(lost);
  const api = newClient({ fetch: send, retry });
  await assert.rejects(api.logIn("demo", "demo"), TypeError);
  assert.equal(requests.length, 1);
});

test("other errors are not repeated", async () => {
  const { requests, send } = network();
  const api = newClient({ fetch: send, retry });
  const params = { path: { record_id: "999999999" } };
  await assert.rejects(api.GET("/search/res.partner/{record_id}", { params }), ApiError);
  assert.equal(requests.length, 1);
});

test("an aborted request is not repeated", async () => {
  const { requests, send } = network(...Array<Send>(9).fill(status(503)));
  const api = newClient({ fetch: send, retry: { delay: 60_000 } });
  const sent = api.GET("/auth/me", { signal: AbortSignal.timeout(50) });
  await assert.rejects(sent, { name: "TimeoutError" });
  assert.equal(requests.length, 1);
});
