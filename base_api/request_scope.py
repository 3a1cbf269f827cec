# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The caller and the options of one request.

`ir.http` creates a scope for an HTTP request. It can be created without one, for a user
or an API key. `orm.scope.bind_scope` binds it to the cursor.
"""

from dataclasses import dataclass, field
from typing import Any

from .errors.sent_body import NOTHING_SENT, SentBody
from .protocol.preferences import DEFAULT, Preferences


@dataclass(frozen=True)
class Caller:
    """The user that a session or an API key has authenticated.

    :param company_id: the current company of the user, if known
    :param session_id: the session that authenticated the request, or None
    :param key: the `ApiKey` that authenticated the request, or None
    """

    user_id: int
    company_id: int | None = None
    session_id: int | None = None
    key: Any = None


@dataclass
class RequestScope:
    """The state of one request, including the steps of a batch.

    :param caller: None without authentication
    :param localization: the context values for language, time zone and companies
    :param missing_language: the `Accept-Language` that names no installed language
    :param sent: the body that errors can point into
    :param step: the running `Step` of a batch, or None
    :param changes: the `Changes` of a dry run, or None
    :param tally: the `Tally` of the steps of a batch, or None
    :param references: what the operation refers to (`referencing.known`)
    :param uses: what a learning key was used for (`auth.learning.Use`)
    :param trail: the `auditing.trail.Trail` of the request, or None
    :param line_names: the `LineNames` of the operation, or None
    :param admission: the `limiting.admission.Admission` of a caller with rate limits
    :param max_body_bytes: maximum size of the body, also with references replaced
    :param timing: the `Timing` of a request with `Prefer: timing`, or None
    """

    caller: Caller | None = None
    preferences: Preferences = DEFAULT
    localization: dict[str, Any] = field(default_factory=dict)
    missing_language: str = ""
    sent: SentBody = NOTHING_SENT
    step: Any = None
    changes: Any = None
    tally: Any = None
    references: dict[Any, Any] = field(default_factory=dict)
    uses: set[Any] = field(default_factory=set)
    line_names: Any = None
    trail: Any = None
    admission: Any = None
    max_body_bytes: int | None = None
    timing: Any = None

    @property
    def key(self) -> Any:
        """The API key that authenticated the request, or None."""
        return self.caller and self.caller.key

    def headers(self) -> dict[str, str]:
        """Return the response headers for the applied options."""
        headers = self.preferences.headers()
        if language := self.localization.get("lang"):
            headers["Content-Language"] = language.replace("_", "-")
        return headers
