# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The ``Prefer`` request header (RFC 7240)."""

from werkzeug.http import parse_list_header


def read_preferences(headers):
    """Return ``{name: value}`` of the preferences sent; a bare name has no value."""
    preferences = {}
    for preference in parse_list_header(", ".join(headers.getlist("Prefer"))):
        name, _, value = preference.partition(";")[0].partition("=")
        # RFC 7240, section 2: the first of two with the same name counts.
        preferences.setdefault(name.strip().lower(), value.strip().strip('"'))
    return preferences
