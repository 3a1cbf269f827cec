// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import { ApiError } from "./errors.js";
import type { Send } from "./retries.js";

export interface Session {
  token: string;
  expiresAt: Date;
}

interface SessionAnswer {
  data: { session_token: string; expires_at: string };
}

const HEADER = "session-token";
const EARLY = 60_000; // milliseconds before its end in which a session is refreshed

/** The session of a client, which it refreshes. */
export class SessionKeeper {
  current: Session | undefined;
  #refreshing: Promise<string> | undefined;

  constructor(
    private readonly send: Send,
    private readonly baseUrl: string,
    private readonly onChange: (session: Session | undefined) => void,
  ) {}

  /** Sends a request with the session. If it expired, refreshes it, once for all. */
  async sendWith(request: Request, session: Session): Promise<Response> {
    const isOld = session.expiresAt.getTime() - Date.now() < EARLY;
    const token = isOld ? await this.#refresh(session.token) : session.token;
    const response = await this.send(withToken(request.clone(), token));
    if (response.status !== 401 || !(await isInvalid(response))) return response;
    return this.send(withToken(request, await this.#refresh(token)));
  }

  /** Takes the session from the answer to a login or a refresh. */
  async accept(response: Response): Promise<Session> {
    if (!response.ok) throw await ApiError.read(response);
    const { data } = (await response.json()) as SessionAnswer;
    // In UTC, without a zone.
    const expiresAt = new Date(`${data.expires_at}Z`);
    const session = { token: data.session_token, expiresAt };
    this.change(session);
    return session;
  }

  change(session: Session | undefined): void {
    this.current = session;
    this.onChange(session);
  }

  /** Returns a token that replaces this one; another request may have got it already. */
  #refresh(token: string): Promise<string> {
    const { current } = this;
    if (current && current.token !== token) return Promise.resolve(current.token);
    this.#refreshing ??= this.#replace(token).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #replace(token: string): Promise<string> {
    const request = new Request(`${this.baseUrl}/auth/refresh`, { method: "POST" });
    const response = await this.send(withToken(request, token));
    if (response.status === 401) this.change(undefined); // it cannot be refreshed
    return (await this.accept(response)).token;
  }
}

function withToken(request: Request, token: string): Request {
  request.headers.set(HEADER, token);
  return request;
}

async function isInvalid(response: Response): Promise<boolean> {
  return (await ApiError.read(response.clone())).code === "INVALID_SESSION";
}
