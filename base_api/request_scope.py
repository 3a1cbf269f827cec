# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who calls, and how one request is to be served.

A scope is built from an HTTP request by `ir.http`, and can be built without one, for a
user or an API key. `orm.scope.bind_scope` binds it to the cursor.
"""

from dataclasses import dataclass, field
from typing import Any

from .errors.sent_body import NOTHING_SENT, SentBody
from .protocol.preferences import DEFAULT, Preferences


@dataclass(frozen=True)
class Caller:
    """The user that a session or an API key has signed in.

    :param company_id: the current company of the user, if it is known already
    :param session_id: of the session that signed the request in, or None
    :param key: the `ApiKey` that signed the request in, or None
    """

    user_id: int
    company_id: int | None = None
    session_id: int | None = None
    key: Any = None


@dataclass
class RequestScope:
    """What holds for one request, and for every step of a batch.

    :param caller: None where nobody has signed in
    :param localization: the context values for language, time zone and companies
    :param sent: what the errors of the request can point into
    :param step: the `Step` of a batch that runs, or None
    :param changes: the `Changes` of a dry run, or None
    :param tally: the `Tally` of the steps of a batch, or None
    :param max_body_bytes: of the body, also after references are replaced in it
    """

    caller: Caller | None = None
    preferences: Preferences = DEFAULT
    localization: dict[str, Any] = field(default_factory=dict)
    sent: SentBody = NOTHING_SENT
    step: Any = None
    changes: Any = None
    tally: Any = None
    max_body_bytes: int | None = None

    @property
    def key(self) -> Any:
        """The API key that signed the request in, or None."""
        return self.caller and self.caller.key

    def headers(self) -> dict[str, str]:
        """Return the response headers that tell how the request was served."""
        headers = self.preferences.headers()
        if language := self.localization.get("lang"):
            headers["Content-Language"] = language.replace("_", "-")
        return headers
