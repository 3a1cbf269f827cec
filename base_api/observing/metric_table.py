# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The counters that processes keep; `GET /metrics` adds gauges to them.

Labels have few values: declared routes, methods, statuses, error codes and policies.
Keys, ids, users and models are never labels.
"""

from typing import NamedTuple


class Counter(NamedTuple):
    """A counter.

    :param labels: their names
    """

    help: str
    labels: tuple[str, ...] = ()


REQUESTS = "base_api_requests_total"
ERRORS = "base_api_errors_total"
BYTES = "base_api_response_bytes_total"
RATE_LIMITED = "base_api_rate_limited_total"
REPLAYS = "base_api_idempotent_replays_total"
LOGIN_FAILURES = "base_api_login_failures_total"
COUNTERS = {
    ERRORS: Counter("Errors that were answered, by their code.", ("code",)),
    BYTES: Counter("Bytes of the bodies of answers.", ("route",)),
    RATE_LIMITED: Counter(
        "Requests and logins that were refused by a limit.", ("policy",)
    ),
    REPLAYS: Counter("Answers that were repeated for an Idempotency-Key."),
    LOGIN_FAILURES: Counter("Logins with a wrong password or second factor."),
}
REQUEST_LABELS = ("route", "method", "status")
# Upper bounds of the histogram of durations, in seconds; the last one is infinite.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
# The values of a series of requests: how many in each bucket, and their seconds.
SECONDS = len(BUCKETS) + 1

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OTHER = "other"
SEPARATOR = "\t"  # in the name of a series: the metric and its labels
