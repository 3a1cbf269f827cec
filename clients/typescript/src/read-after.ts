// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import { READS, type Send } from "./retries.js";

const HEADER = "Read-After";

// The server answers both on a replica, if it has one.
const isRead = ({ method, url }: Request) =>
  READS.includes(method) ||
  (method === "POST" && new URL(url).pathname.includes("/api/v2/search/"));

/** Sends reads with the position of the last write, so that a replica shows it. */
export function withReadAfter(send: Send): Send {
  let latest: string | null = null;

  return async (request) => {
    const isPlain = isRead(request) && !request.headers.has(HEADER);
    if (latest && isPlain) request.headers.set(HEADER, latest);
    const response = await send(request);
    latest = response.headers.get(HEADER) ?? latest;
    return response;
  };
}
