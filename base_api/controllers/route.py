# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The former place of `api_route`, which other addons import; see `base_api.api`."""

from ..operations.route import api_route  # noqa: F401
