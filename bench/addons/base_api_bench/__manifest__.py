# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "REST API: benchmark",
    "summary": "What base_api is compared with: floors and an OCA fastapi endpoint",
    "version": "19.0.1.0.0",
    "category": "Technical",
    "author": "base_api contributors",
    "license": "LGPL-3",
    "depends": ["base_api", "fastapi", "rpc", "sale_management"],
    "data": ["data/fastapi_endpoint_data.xml"],
    "installable": True,
}
