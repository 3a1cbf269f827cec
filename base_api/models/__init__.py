# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import api_context
from . import api_description
from . import api_idempotency
from . import api_key_preset
from . import api_key_refusal
from . import api_overview
from . import api_rpc_usage
from . import api_session
from . import api_throttle
from . import api_upsert_key
from . import api_upsert_value
from . import api_usage
from . import base
from . import ir_attachment
from . import ir_config_parameter
from . import ir_http
from . import ir_mail_server
from . import ir_model_access
from . import ir_model_data
from . import ir_rule
from . import res_company
from . import res_config_settings
from . import res_partner
from . import res_users
from . import res_users_apikeys
