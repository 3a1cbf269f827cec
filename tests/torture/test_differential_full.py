# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The tests of `tests/test_differential.py` with all models."""

import pytest
from test_differential import *  # noqa: F403


@pytest.fixture(scope="module")
def share():
    return 1
