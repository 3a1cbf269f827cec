// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import { READS, type Send } from "./retries.js";

const HEADER = "Read-After";

/** Sends reads with the position of the last write, so that a replica shows it. */
export function withReadAfter(send: Send): Send {
  let latest: string | null = null;

  return async (request) => {
    const isPlain = READS.includes(request.method) && !request.headers.has(HEADER);
    if (latest && isPlain) request.headers.set(HEADER, latest);
    const response = await send(request);
    latest = response.headers.get(HEADER) ?? latest;
    return response;
  };
}
