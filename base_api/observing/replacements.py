# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which request of this API replaces a call of another one.

As in the guide `docs/how-to/migrate.md`.
"""

_READ = "GET /search/{model}"
_AGGREGATE = "GET /aggregate/{model}"
_FIELDS = "GET /fields/{model}"
_UPDATE = "PATCH /update/{model}/{{id}}"
_ONE = "GET /search/{model}/{{id}}"
_NAMES = "GET /search/{model}?display_name__search={{text}}"
_CALL = "POST /call/{model}/{method}"

REPLACEMENTS = {
    "create": "POST /create/{model}",
    "default_get": _FIELDS,
    "export_data": "GET /export/{model}",
    "fields_get": _FIELDS,
    "formatted_read_group": _AGGREGATE,
    "get_external_id": "GET /search/{model}?fields=external_id",
    "load": "PUT /upsert/{model}?key=external_id",
    "message_post": "POST /messages/{model}/{{id}}",
    "message_subscribe": "POST /followers/{model}/{{id}}",
    "name_create": "POST /create/{model}",
    "name_get": "GET /search/{model}?fields=display_name",
    "name_search": _NAMES,
    "read": _ONE,
    "read_group": _AGGREGATE,
    "search": "GET /search/{model}?fields=id",
    "search_count": "GET /count/{model}",
    "search_read": _READ,
    "unlink": "DELETE /delete/{model}/{{id}}",
    "web_name_search": _NAMES,
    "web_read": _ONE,
    "web_read_group": _AGGREGATE,
    "web_save": _UPDATE,
    "web_search_read": _READ,
    "write": _UPDATE,
}
# Of models with endpoints of their own.
MODEL_REPLACEMENTS = {
    ("ir.attachment", "create"): "POST /attachments",
}


def replacement(model: str, method: str) -> str:
    """Return the method and the path after `/api/v2`, with variables in braces."""
    known = MODEL_REPLACEMENTS.get((model, method))
    template = known or REPLACEMENTS.get(method, _CALL)
    return template.format(model=model, method=method)
