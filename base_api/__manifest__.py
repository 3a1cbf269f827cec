# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "REST API",
    "summary": "A clean, fast and safe REST API for any model, under /api/v2",
    "version": "19.0.1.1.0",
    "category": "Technical",
    "author": "base_api contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["base_setup", "web"],
    "data": [
        "security/api_session_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/res_config_settings_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
