// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Session } from "@base-api/client";
import { baseUrl, newClient, newGenericClient } from "./server.js";

const day = 24 * 60 * 60 * 1000;

/** A client without a key that counts its refreshes and remembers its sessions. */
function newVisitor(session?: Session) {
  const sessions: (Session | undefined)[] = [];
  const counts = { refreshes: 0 };
  const api = newClient({
    apiKey: "",
    ...(session && { session }),
    onSession: (current) => sessions.push(current),
    fetch: (request) => {
      if (request.url === `${baseUrl}/auth/refresh`) counts.refreshes += 1;
      return fetch(request);
    },
  });
  return { api, sessions, counts };
}

/** A session that has just ended. */
async function expired(): Promise<Session> {
  const api = newGenericClient();
  const path = { model_name: "ir.config_parameter" };
  const body = { key: "base_api.session_hours", value: "0" };
  const query = { key: "key" };
  const set = await api.PUT("/upsert/{model_name}", { params: { path, query }, body });
  try {
    return await newVisitor().api.logIn("demo", "demo");
  } finally {
    assert("id" in set);
    const record = { ...path, record_id: String(set.id) };
    await api.DELETE("/delete/{model_name}/{record_id}", { params: { path: record } });
  }
}

test("a session is kept until the logout", async () => {
  const { api, sessions } = newVisitor();
  const session = await api.logIn("demo", "demo");
  assert.equal(session.token.length, 48);
  assert(Math.abs(session.expiresAt.getTime() - Date.now() - day) < 60_000);
  assert.equal((await api.GET("/auth/me")).user.login, "demo");
  await api.logOut();
  assert.equal(api.session, undefined);
  assert.deepEqual(sessions, [session, undefined]);
  await assert.rejects(api.GET("/auth/me"), { code: "MISSING_API_KEY" });
});

test("a wrong password is an error", async () => {
  const { api, sessions } = newVisitor();
  await assert.rejects(api.logIn("nobody", "wrong"), { status: 401, code: "AUTH_FAILED" });
  assert.deepEqual(sessions, []);
});

test("an old session is refreshed first, once for all requests", async () => {
  const { api, sessions, counts } = newVisitor(await expired());
  const users = await Promise.all(Array.from({ length: 8 }, () => api.GET("/auth/me")));
  assert(users.every(({ user }) => user.login === "demo"));
  assert.equal(counts.refreshes, 1);
  assert.deepEqual(sessions, [api.session]);
});

test("a session that expired unnoticed is refreshed, once for all requests", async () => {
  const { token } = await expired();
  const later = new Date(Date.now() + day);
  const { api, counts } = newVisitor({ token, expiresAt: later });
  const users = await Promise.all(Array.from({ length: 8 }, () => api.GET("/auth/me")));
  assert(users.every(({ user }) => user.login === "demo"));
  assert.equal(counts.refreshes, 1);
});

test("a write is repeated after a refresh", async () => {
  const { token } = await expired();
  const { api } = newVisitor({ token, expiresAt: new Date(Date.now() + day) });
  const created = await api.POST("/create/crm.lead", { body: { name: "Session" } });
  assert("id" in created);
});

test("a session that cannot be refreshed is over", async () => {
  const session = { token: "x".repeat(48), expiresAt: new Date(Date.now() + day) };
  const { api, sessions } = newVisitor(session);
  const sent = api.GET("/auth/me");
  await assert.rejects(sent, { name: "ApiError", code: "SESSION_NOT_REFRESHABLE" });
  assert.deepEqual(sessions, [undefined]);
});
