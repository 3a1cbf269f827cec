# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A database with a great many records."""

import backstage
import pytest
from backstage import variable

PARTNERS = 300_000
MAKE_PARTNERS = """
    INSERT INTO res_partner (name, complete_name, type, active, ref, create_uid,
                             create_date, write_uid, write_date)
    SELECT 'Partner ' || md5(n::text), 'Partner ' || md5(n::text), 'contact', TRUE,
           'R' || n %% 5000, 2, now(), 2, now()
    FROM generate_series(1, %s) AS n
"""


@pytest.fixture
def crowd(unique):
    """A database with a great many partners."""
    backstage.copy_database(variable("BASE_API_MINIMAL_DATABASE"), unique)
    backstage.query(MAKE_PARTNERS, PARTNERS, database=unique)
    yield unique
    backstage.drop_database(unique)
