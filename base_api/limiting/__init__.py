# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rate limits: how much a key, a user or an address may request."""
