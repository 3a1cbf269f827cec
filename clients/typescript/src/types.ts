// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import type { FetchResponse } from "openapi-fetch";
import type { HttpMethod, MediaType, PathsWithMethod } from "openapi-typescript-helpers";

/** The paths of a description, as openapi-typescript makes them. */
export type AnyPaths = Record<string, Record<HttpMethod, {}>>;

/** The `data` of a successful answer; answers without the envelope as they are. */
export type Unwrapped<Answer> = Answer extends { success: true; data: infer Data }
  ? Data
  : Answer;

/** What a request to an operation resolves to. */
export type DataOf<Operation extends Record<string | number, any>, Init = {}> = Unwrapped<
  NonNullable<FetchResponse<Operation, Init, MediaType>["data"]>
>;

/** A page of records. */
export interface Page {
  records: unknown[];
  next_cursor?: string | undefined;
  total_count?: number | null | undefined;
}

/** The paths that answer a GET with a page of records. */
export type PagedPath<Paths extends {}> = {
  [Path in PathsWithMethod<Paths, "get">]: Paths[Path] extends { get: infer Operation }
    ? DataOf<Operation & {}> extends { records: unknown[] }
      ? Path
      : never
    : never;
}[PathsWithMethod<Paths, "get">];
