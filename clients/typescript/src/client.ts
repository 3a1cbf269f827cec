// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import createFetchClient, {
  type Client as FetchClient,
  type MaybeOptionalInit,
} from "openapi-fetch";
import type { HttpMethod, PathsWithMethod, RequiredKeysOf } from "openapi-typescript-helpers";
import { ApiError, isJson } from "./errors.js";
import { withReadAfter } from "./read-after.js";
import { type RetryOptions, type Send, withRetries } from "./retries.js";
import type { paths } from "./schema.js";
import { type Session, SessionKeeper } from "./session.js";
import type { DataOf, Page, PagedPath } from "./types.js";

export interface ClientOptions {
  /** The address of the API, such as `https://odoo.example.com/api/v2`. */
  baseUrl: string;
  /** An API key. Pages in browsers log in instead: everybody could read the key. */
  apiKey?: string | undefined;
  /** A session of before, instead of `logIn`. */
  session?: Session | undefined;
  /** Called with each new session; with undefined when the session is over. */
  onSession?: (session: Session | undefined) => void;
  /** Headers of all requests, such as `Accept-Language` or `X-Odoo-Database`. */
  headers?: Record<string, string>;
  retry?: RetryOptions;
  /** Instead of the global `fetch`. */
  fetch?: Send;
}

/** The options of a request, which may be left out if none is required. */
type InitParam<Init> = RequiredKeysOf<Init> extends never ? [init?: Init] : [init: Init];

type Method<Paths extends {}, Name extends HttpMethod> = <
  Path extends PathsWithMethod<Paths, Name>,
  Init extends MaybeOptionalInit<Paths[Path], Name & keyof Paths[Path]>,
>(
  path: Path,
  ...init: InitParam<Init>
) => Promise<DataOf<Paths[Path][Name & keyof Paths[Path]] & {}, Init>>;

/** A client of the API. Its methods return `data`, or throw an `ApiError`. */
export interface Client<Paths extends {} = paths> {
  GET: Method<Paths, "get">;
  POST: Method<Paths, "post">;
  PUT: Method<Paths, "put">;
  PATCH: Method<Paths, "patch">;
  DELETE: Method<Paths, "delete">;
  /** The pages of a list, one after the other. `limit` is the size of a page. */
  pages<Path extends PagedPath<Paths>>(
    path: Path,
    ...init: InitParam<MaybeOptionalInit<Paths[Path], "get" & keyof Paths[Path]>>
  ): AsyncGenerator<PageOf<Paths, Path>, void, undefined>;
  /** The records of all pages of a list. */
  records<Path extends PagedPath<Paths>>(
    path: Path,
    ...init: InitParam<MaybeOptionalInit<Paths[Path], "get" & keyof Paths[Path]>>
  ): AsyncGenerator<PageOf<Paths, Path>["records"][number], void, undefined>;
  /** Logs in with a password, and the code of the second factor if there is one. */
  logIn(username: string, password: string, totp?: string): Promise<Session>;
  logOut(): Promise<void>;
  /** The current session. Setting it calls nothing. */
  session: Session | undefined;
  /** The same requests, returning the whole answer and the response. */
  readonly raw: FetchClient<Paths>;
}

type PageOf<Paths extends {}, Path extends keyof Paths> = Paths[Path] extends {
  get: infer Operation;
}
  ? DataOf<Operation & {}> & Page
  : never;

interface PageInit {
  params?: { query?: Record<string, unknown> };
}

/** Returns a client of the API. */
export function createClient<Paths extends {} = paths>(
  options: ClientOptions,
): Client<Paths> {
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const transport = options.fetch ?? ((request) => globalThis.fetch(request));
  const send = withRetries(withReadAfter(transport), options.retry);
  const keeper = new SessionKeeper(send, baseUrl, options.onSession ?? (() => {}));
  keeper.current = options.session;

  const authenticated: Send = (request) => {
    if (keeper.current) return keeper.sendWith(request, keeper.current);
    if (options.apiKey) request.headers.set("api-key", options.apiKey);
    return send(request);
  };
  const raw = createFetchClient<Paths>({
    baseUrl,
    fetch: authenticated,
    ...(options.headers && { headers: options.headers }),
    // Filters are parameters of their own: name__ilike=azure.
    querySerializer: { object: { style: "form", explode: true } },
  });
  raw.use({
    async onResponse({ response, options: { parseAs } }) {
      const isWrong = parseAs === "json" && response.status !== 204 && !isJson(response);
      if (!response.ok || isWrong) throw await ApiError.read(response);
    },
  });

  async function request(method: HttpMethod, path: string, init?: object) {
    // The types of the parts are those of `Method`, which callers see.
    const { data } = await (raw.request as Function)(method, path, init);
    return isEnvelope(data) ? data.data : data;
  }

  async function* pages(path: string, init: PageInit = {}): AsyncGenerator<Page> {
    const { offset, ...query } = { ...init.params?.query };
    let place: Record<string, unknown> = offset === undefined ? {} : { offset };
    let seen = Number(offset ?? 0);
    for (;;) {
      const params = { ...init.params, query: { ...query, ...place } };
      const page = (await request("get", path, { ...init, params })) as Page;
      yield page;
      seen += page.records.length;
      if (page.next_cursor) place = { cursor: page.next_cursor };
      // Lists without cursors, such as those of a name search.
      else if (page.records.length && seen < (page.total_count ?? 0)) place = { offset: seen };
      else return;
    }
  }

  async function* records(path: string, init?: PageInit): AsyncGenerator<unknown> {
    for await (const page of pages(path, init)) yield* page.records;
  }

  const post = (path: string, body?: object) =>
    new Request(`${baseUrl}${path}`, {
      method: "POST",
      headers: { ...options.headers, "Content-Type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });

  return {
    GET: request.bind(undefined, "get"),
    POST: request.bind(undefined, "post"),
    PUT: request.bind(undefined, "put"),
    PATCH: request.bind(undefined, "patch"),
    DELETE: request.bind(undefined, "delete"),
    pages,
    records,
    async logIn(username: string, password: string, totp?: string) {
      const body = { username, password, ...(totp && { totp }) };
      return keeper.accept(await send(post("/auth/login", body)));
    },
    async logOut() {
      await request("post", "/auth/logout");
      keeper.change(undefined);
    },
    get session() {
      return keeper.current;
    },
    set session(session) {
      keeper.current = session;
    },
    raw,
  } as Client<Paths>;
}

function isEnvelope(answer: unknown): answer is { data: unknown } {
  const members = answer as Record<string, unknown> | null | undefined;
  return members?.success === true && "data" in members;
}
