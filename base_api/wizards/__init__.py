# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import api_key_create
from . import api_key_create_model
from . import api_key_roll
