# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A typed client for the REST API of Odoo that base_api provides."""

from .client import Client
from .conditions import Condition, F
from .errors import (
    AccessDenied,
    ApiError,
    AuthenticationFailed,
    BadRequest,
    ClientError,
    Conflict,
    ConnectionFailed,
    Detail,
    ExportIncomplete,
    NotFound,
    PreconditionFailed,
    RateLimited,
    ServerFailed,
    ValidationFailed,
)
from .messages import Answer
from .model import Model
from .references import Ref
from .retrying import Retries
from .version import __version__
