# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names of the IETF draft draft-ietf-httpapi-ratelimit-headers-11.

It is a draft: later versions may rename them, so they are in this table only.
"""

# Header fields, with structured values (RFC 9651).
POLICY_FIELD = "RateLimit-Policy"
QUOTA_FIELD = "RateLimit"
# Parameters of a policy: its quota, its window in seconds, and the unit of both.
QUOTA, WINDOW, UNIT = "q", "w", "qu"
# Parameters of a quota: what remains, and the seconds until more remains.
REMAINING, RESET = "r", "t"

# Units. The default is requests; rows is ours, for the records of answers.
REQUESTS, ROWS, CONCURRENT_REQUESTS = "requests", "rows", "concurrent-requests"

# Problem types, and the member that names the policies.
_PROBLEM_TYPES = "https://iana.org/assignments/http-problem-types#"
QUOTA_EXCEEDED = f"{_PROBLEM_TYPES}quota-exceeded"
ABNORMAL_USAGE = f"{_PROBLEM_TYPES}abnormal-usage-detected"
VIOLATED_POLICIES = "violated-policies"
