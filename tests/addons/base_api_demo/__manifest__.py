# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "REST API: demo of an endpoint",
    "summary": "An endpoint of another addon, as docs/how-to/extend.md describes it",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "base_api contributors",
    "license": "LGPL-3",
    "depends": ["base_api", "product"],
}
