# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_api_keys
from . import test_catalog
from . import test_credentials
from . import test_dry_run
from . import test_errors
from . import test_files
from . import test_filters
from . import test_idempotency
from . import test_key_management
from . import test_key_wizard
from . import test_localization
from . import test_login
from . import test_multipart
from . import test_preferences
from . import test_protocol
from . import test_record_reading
from . import test_record_writing
from . import test_reports
from . import test_restricted_keys
from . import test_restrictions
from . import test_sessions
from . import test_settings
from . import test_tokens
from . import test_translations
from . import test_users
from . import test_values
