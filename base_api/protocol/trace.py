# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The identifiers by which a request is found again: in logs, errors and records.

`X-Request-Id` is the client's, or a new one. `traceparent` is that of W3C Trace Context
(https://www.w3.org/TR/trace-context/).
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from ..request_log import redact

REQUEST_ID = "X-Request-Id"
TRACEPARENT = "traceparent"

_REQUEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=@~-]{0,127}")
# Later versions may append members; version ff is invalid (section 3.2.2.1).
_TRACEPARENT = re.compile(
    r"(?!ff)(?P<version>[0-9a-f]{2})-(?!0{32})(?P<trace_id>[0-9a-f]{32})"
    r"-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?P<more>-[!-~]{1,200})?"
)


@dataclass(frozen=True)
class Trace:
    """The identifiers of one request.

    :param request_id: 1 to 128 visible ASCII characters without quotes
    :param traceparent: as it was sent, if it was valid
    """

    request_id: str
    traceparent: str = ""

    @property
    def trace_id(self) -> str:
        """The 32 hexadecimal digits that all requests of a trace share, or ""."""
        return self.traceparent[3:35]

    def headers(self) -> dict[str, str]:
        """Return the response headers: what was sent, or a new request id."""
        headers = {REQUEST_ID: self.request_id}
        if self.traceparent:
            headers[TRACEPARENT] = self.traceparent
        return headers

    def comment(self) -> dict[str, str]:
        """Return the values of the comments in SQL statements."""
        return {"request_id": self.request_id, TRACEPARENT: self.traceparent}


def read_trace(headers: Mapping[str, str]) -> Trace:
    """Return the identifiers in the headers of a request.

    Identifiers that are malformed, or that could be a credential, are not used: a
    header of tracing never makes a request fail.
    """
    request_id = headers.get(REQUEST_ID, "")
    if not _REQUEST_ID.fullmatch(request_id) or _may_be_secret(request_id):
        request_id = uuid.uuid4().hex
    traceparent = headers.get(TRACEPARENT, "")
    match = _TRACEPARENT.fullmatch(traceparent)
    if not match or (match["version"] == "00" and match["more"]):
        traceparent = ""
    return Trace(request_id, traceparent)


def _may_be_secret(text: str) -> bool:
    path = f"/api/{text}"
    return redact(path) != path
