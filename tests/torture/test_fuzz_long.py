# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""20,000 random requests, see `tests/test_fuzz.py`."""

import pytest
from copies import copied
from fuzzing import Run

SEEDS = (1, 2)
COUNT = 10_000  # of each seed


@pytest.mark.parametrize("seed", SEEDS)
def test_random_requests(seed):
    with copied(f"base_api_fuzz_{seed}") as copy:
        run = Run(copy, seed)
        run.send_all(COUNT)
        run.assert_sound()
        print(run.summary())
