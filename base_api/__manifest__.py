# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "REST API",
    "summary": "A clean, fast and safe REST API for any model, under /api/v2",
    "version": "19.0.1.7.0",
    "category": "Technical",
    "author": "base_api contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["base_setup", "web"],
    "data": [
        "security/api_key_create_security.xml",
        "security/api_key_roll_security.xml",
        "security/api_session_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/res_config_settings_views.xml",
        "views/res_users_apikeys_views.xml",
        "views/res_users_apikeys_show_views.xml",
        "views/api_session_views.xml",
        "views/api_key_refusal_views.xml",
        "views/res_users_views.xml",
        "wizards/api_key_create_views.xml",
        "wizards/api_key_roll_views.xml",
        "views/base_api_menus.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
