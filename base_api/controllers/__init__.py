# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import actions
from . import activities
from . import aggregate
from . import api_keys
from . import auth
from . import batch
from . import binary
from . import bulk
from . import call
from . import catalog
from . import docs_page
from . import documentation
from . import export
from . import fallback
from . import followers
from . import messages
from . import methods
from . import openapi
from . import records
from . import report
from . import schema
from . import search
from . import sessions
from . import upsert
from . import users
from . import web_session
