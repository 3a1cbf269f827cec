// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import { isJson } from "./errors.js";

export type Send = (request: Request) => Promise<Response>;

export interface RetryOptions {
  /** How often a request is repeated; 3 by default, 0 for never. */
  retries?: number;
  /** Milliseconds before the first repeat, twice as many before the next one; 500. */
  delay?: number;
  /** The longest `Retry-After` to wait for, in milliseconds; 60,000. */
  maxDelay?: number;
}

export const READS = ["GET", "HEAD", "OPTIONS"];
const IDEMPOTENCY_KEY = "Idempotency-Key";

/**
 * Repeats requests after connection errors, 429, 502, 503 and 504.
 *
 * Writes get an `Idempotency-Key`, so that the API carries each of them out once.
 */
export function withRetries(send: Send, options: RetryOptions = {}): Send {
  const { retries = 3, delay = 500, maxDelay = 60_000 } = options;

  async function attempt(request: Request, number: number): Promise<Response> {
    const backoff = delay * 2 ** number * (0.5 + Math.random() / 2);
    let response: Response | undefined;
    let wait: number | undefined;
    try {
      response = await send(number < retries ? request.clone() : request);
      wait = waitFor(request, response, backoff);
    } catch (error) {
      // fetch() throws a TypeError if there is no connection, and others if aborted.
      if (number >= retries || !(error instanceof TypeError) || !isSafe(request)) {
        throw error;
      }
      wait = backoff;
    }
    if (response && (number >= retries || wait === undefined || wait > maxDelay)) {
      return response;
    }
    await response?.body?.cancel();
    await sleep(wait ?? backoff, request.signal);
    return attempt(request, number + 1);
  }

  return (request) => {
    if (isWrite(request) && !request.headers.has(IDEMPOTENCY_KEY)) {
      request.headers.set(IDEMPOTENCY_KEY, newKey());
    }
    return attempt(request, 0);
  };
}

/** Milliseconds after which to repeat a request; undefined if it would not help. */
function waitFor(
  request: Request,
  response: Response,
  backoff: number,
): number | undefined {
  const { status } = response;
  const after = retryAfter(response);
  if ((status === 429 || status === 503) && after !== undefined) {
    return after; // it was not carried out
  }
  const isOfProxy = status === 502 || status === 504 || (status === 503 && !isJson(response));
  return isOfProxy && isSafe(request) ? backoff : undefined;
}

/** Milliseconds in `Retry-After`, which has seconds or a date (RFC 9110). */
function retryAfter(response: Response): number | undefined {
  const text = response.headers.get("Retry-After");
  if (text === null) return undefined;
  const seconds = Number(text);
  const wait = Number.isNaN(seconds) ? Date.parse(text) - Date.now() : seconds * 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** Whether it does not matter if a request is carried out twice. */
function isSafe(request: Request): boolean {
  return READS.includes(request.method) || request.headers.has(IDEMPOTENCY_KEY);
}

/** Whether the API accepts an `Idempotency-Key`, which logins ignore. */
function isWrite(request: Request): boolean {
  const isLogin = /\/auth\/(login|refresh|logout)$/.test(new URL(request.url).pathname);
  return !READS.includes(request.method) && !isLogin;
}

function newKey(): string {
  // Not randomUUID(): browsers have it on HTTPS only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}
