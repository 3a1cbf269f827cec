// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

/** A wrong value in a request. */
export interface ErrorDetail {
  field?: string;
  /** Its place in the body (RFC 6901). */
  pointer?: string;
  message: string;
  code: string;
  [member: string]: unknown;
}

interface ErrorBody {
  message: string;
  code: string;
  details?: ErrorDetail[];
  step?: Record<string, unknown>;
  request_id?: string;
}

/** The API refused or failed a request. Codes do not change, messages may. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** The HTTP status. */
  readonly status: number;
  /** One of the codes of the API; `NOT_JSON` for an answer of something else. */
  readonly code: string;
  /** One entry for each wrong value. */
  readonly details: readonly ErrorDetail[];
  /** The step of a batch that failed. */
  readonly step: Record<string, unknown> | undefined;
  /** Identifies a failure in the log of the server. */
  readonly requestId: string | undefined;
  /** The response, whose body has been read. */
  readonly response: Response;

  constructor(response: Response, error: ErrorBody) {
    super(`${response.status} ${error.code}: ${error.message}`);
    this.status = response.status;
    this.code = error.code;
    this.details = error.details ?? [];
    this.step = error.step;
    this.requestId = error.request_id;
    this.response = response;
  }

  /** The place of the first wrong value in the body (RFC 6901). */
  get pointer(): string | undefined {
    return this.details[0]?.pointer;
  }

  /** Reads the error from a response, which need not come from the API. */
  static async read(response: Response): Promise<ApiError> {
    const text = await response.text();
    return new ApiError(response, errorIn(text) ?? notJson(response, text));
  }
}

/** Whether a response has a JSON body. */
export function isJson(response: Response): boolean {
  const mediaType = response.headers.get("Content-Type") ?? "";
  return /^application\/(.+\+)?json\b/.test(mediaType);
}

function errorIn(text: string): ErrorBody | undefined {
  try {
    const { error } = JSON.parse(text);
    return typeof error?.code === "string" ? error : undefined;
  } catch {
    return undefined;
  }
}

function notJson(response: Response, text: string): ErrorBody {
  return { code: "NOT_JSON", message: text.slice(0, 200) || response.statusText };
}
