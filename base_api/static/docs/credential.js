// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
/** Who uses the page. The secret is only in this variable, and gone with the page. */
import { dataOf, send } from "./server.js";

/** @type {{kind: "key"|"session"|"web", secret: string, user: Object}|null} */
let current = null;
/** Hears the event "change". */
export const changes = new EventTarget();

export function signedIn() {
  return current;
}

/** Return the header of the credential; none when signed out. */
export function credentialHeaders() {
  return current ? { [current.kind === "key" ? "api-key" : "session-token"]: current.secret } : {};
}

export async function signInWithKey(secret) {
  const answer = await send({ method: "GET", path: "/auth/me", headers: { "api-key": secret } });
  become({ kind: "key", secret, user: dataOf(answer).user });
}

export async function signInWithPassword(username, password, totp) {
  const body = JSON.stringify({ username, password, ...(totp ? { totp } : {}) });
  const data = dataOf(await send({ method: "POST", path: "/auth/login", body }));
  become({ kind: "session", secret: data.session_token, user: data.user });
}

/** Browsers name the origin of a request over HTTPS, and on this machine, only. */
export const canUseWebSession = window.isSecureContext;

export async function signInWithWebSession() {
  const data = await exchangeWebSession();
  become({ kind: "web", secret: data.session_token, user: data.user });
}

export async function signOut() {
  const headers = credentialHeaders();
  become(null);
  if (headers["session-token"]) {
    await send({ method: "POST", path: "/auth/logout", headers });
  }
}

/** Send a request with the credential, if there is one. */
export async function call(request) {
  const answer = await send(withCredential(request));
  if (current && answer.json?.error?.code === "INVALID_SESSION") {
    return callAgain(request, answer);
  }
  return answer;
}

/** Return the data of a GET. */
export async function read(path, query = "", headers = {}) {
  return dataOf(await call({ method: "GET", path, query, headers }));
}

/** A session has ended: one of a web session is renewed, others are not. */
async function callAgain(request, refusal) {
  if (current.kind !== "web") {
    become(null);
    return refusal;
  }
  const { user } = current;
  try {
    await signInWithWebSession();
  } catch {
    become(null);
  }
  // Somebody else may have signed in to Odoo since.
  return current?.user.id === user.id ? send(withCredential(request)) : refusal;
}

function withCredential(request) {
  return { ...request, headers: { ...request.headers, ...credentialHeaders() } };
}

async function exchangeWebSession() {
  const path = "/auth/web-session";
  const token = dataOf(await send({ method: "GET", path }));
  return dataOf(await send({ method: "POST", path, body: JSON.stringify(token) }));
}

function become(credential) {
  current = credential;
  changes.dispatchEvent(new Event("change"));
}
