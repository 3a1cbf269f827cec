# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""2,000 random requests: always an envelope, never HTML, never a crash.

`tests/torture` has 20,000.
"""

import pytest
from client import check
from copies import copied
from fuzzing import Run
from raw_http import RawRequest, send

SEED = 20_261_128
COUNT = 2_000


@pytest.fixture(scope="module")
def copy():
    with copied("base_api_fuzz_short") as copy:
        yield copy


def test_random_requests(copy):
    run = Run(copy, SEED)
    run.send_all(COUNT)
    run.assert_sound()
    print(run.summary())


@pytest.mark.parametrize("path", ["/api/v2/test", "/api/v2/search/res.partner"])
def test_a_request_without_a_host(copy, path):
    """HTTP/1.0 allows it; Odoo needs a host to choose the database."""
    request = RawRequest("GET", path, (), version="HTTP/1.0")
    answer = send(copy.url, request)
    check(answer)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "The request has no header Host"
