# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A typed client for the REST API of Odoo that base_api provides."""

from .async_client import AsyncClient
from .async_model import AsyncModel
from .batch import AsyncBatch, Batch
from .client import Client
from .conditions import BaseField, Condition, F
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
from .files import File
from .messages import Answer
from .model import Model
from .operations.reading import Page
from .references import Ref
from .results import Change, ItemResult, Upserted, Written, WrittenList
from .retrying import Retries
from .typing import nested
from .version import __version__

__all__ = [
    "AccessDenied",
    "Answer",
    "ApiError",
    "AsyncBatch",
    "AsyncClient",
    "AsyncModel",
    "AuthenticationFailed",
    "BadRequest",
    "BaseField",
    "Batch",
    "Change",
    "Client",
    "ClientError",
    "Condition",
    "Conflict",
    "ConnectionFailed",
    "Detail",
    "ExportIncomplete",
    "F",
    "File",
    "ItemResult",
    "Model",
    "NotFound",
    "Page",
    "PreconditionFailed",
    "RateLimited",
    "Ref",
    "Retries",
    "ServerFailed",
    "Upserted",
    "ValidationFailed",
    "Written",
    "WrittenList",
    "__version__",
    "nested",
]
