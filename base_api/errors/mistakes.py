# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the sent values that a Python error is about.

Apps trust their values: a value that is not the URL, number or list that they expect
makes a parser or an operator fail deep inside. The traceback shows the cause. It is a
client error if the failed statement of the app, or the library function that it called,
used a sent value.

This runs only when an error is handled. If a source file is missing, the error counts
as one of the server.
"""

from __future__ import annotations

import ast
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import psycopg2
from psycopg2.errors import DatatypeMismatch, UndefinedFunction

from odoo.models import BaseModel

from . import source_code
from .details import MAX_DETAILS, WRONG_TYPE, detail

_logger = logging.getLogger(__name__)

# Exceptions that Python and its libraries raise for unusable values.
PYTHON_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
# Exceptions that PostgreSQL raises for values of the wrong type.
_TYPE_ERRORS = (psycopg2.DataError, DatatypeMismatch, UndefinedFunction)
MAX_VALUES = 10_000  # values that are examined, in the order in which they were sent
MIN_PART = 3  # minimum length of a text that is recognised inside a longer one

_APPS = "odoo.addons."
_OURS = f"{_APPS}base_api."
_OUR_MODELS = tuple(f"{_OURS}{name}." for name in ("models", "wizards", "tests"))
# Modules of this addon that pass values between an app and the code it calls.
_OUR_WRAPPERS = f"{_OURS}orm."


@dataclass(frozen=True)
class SentValue:
    """A named value of a request.

    :param name: of the field, the argument or the parameter
    :param pointer: where it is in the body (RFC 6901), or None
    """

    name: str
    pointer: str | None
    value: Any


def find_mistakes(exc: Any, sent: Iterator) -> list[dict[str, Any]]:
    """Return the `details` of the sent values that an error is about; may be empty.

    :param exc: an exception that was raised, with its traceback
    :param sent: the `SentValue` of a request, an iterable
    """
    if isinstance(exc, psycopg2.Error):
        # Errors of the driver itself have no code: "can't adapt type 'dict'".
        if not isinstance(exc, _TYPE_ERRORS) and exc.pgcode is not None:
            return []
    elif isinstance(exc, MemoryError | OSError):
        return []
    found = _find_used(exc.__traceback__).among(list(islice(sent, MAX_VALUES)))
    found = [item for item in found if not _has_part(item, found)]
    if found:
        # It may still be a fault of the app.
        names = ", ".join(item.name for item in found[:MAX_DETAILS])
        _logger.info("What was sent as %s made this fail", names, exc_info=exc)
    reason = f": {exc}"[:200] if isinstance(exc, ValueError) else ""
    return [
        detail(
            item.name,
            f"{item.name}: invalid value{reason}",
            WRONG_TYPE,
            item.pointer,
        )
        for item in found[:MAX_DETAILS]
    ]


def find_missing_context(exc: Any) -> Any:
    """Return the context key whose absence made an app fail, or None.

    Many wizards need the ids of their records in the context: `active_ids`.
    """
    if not isinstance(exc, PYTHON_ERRORS):
        return None
    return _find_used(exc.__traceback__).missing_context


def _has_part(item: SentValue, others: list[SentValue]) -> bool:
    """Tell whether one of the other values is inside a value."""
    return any(
        str(other.pointer).startswith(f"{item.pointer}/")
        for other in others
        if other is not item
    )


def _find_used(trace: Any) -> _Used:
    """Return what the failed code of a traceback used."""
    frames = []
    while trace is not None:
        frames.append(trace)
        trace = trace.tb_next
    libraries: list[Any] = []
    while frames:
        place = frames.pop()
        module = place.tb_frame.f_globals.get("__name__")
        if _is_app(module):
            return _Used(place, frames[-1].tb_frame if frames else None, libraries)
        if not module.startswith(_OUR_WRAPPERS):
            if module.startswith(_OURS):
                break
            libraries.append(place.tb_frame)
    return _Used(None, None, libraries)


def _is_app(module: str) -> bool:
    """Tell whether a module belongs to an addon, or is code in the database (no
    module).
    """
    if not module:
        return True
    if module.startswith(_OURS):
        return module.startswith(_OUR_MODELS)
    return module.startswith(_APPS)


class _Used:
    """The values that the failed code used.

    :param place: the traceback object in the app, or None
    :param outer: the frame that this place was called from
    :param libraries: the frames of the functions that it called
    :ivar missing_context: a missing key that it read from the context
    """

    def __init__(self, place: Any, outer: Any, libraries: list[Any]) -> None:
        self.missing_context = None
        self._names: set[str] = set()
        self._values: list[Any] = []
        self._passed = [
            value for frame in libraries for value in _flat(_arguments(frame))
        ]
        if place is not None:
            self._read(place, outer)
        if libraries:
            self._values += _arguments(libraries[0])  # the innermost failed statement

    def _read(self, place: Any, outer: Any) -> None:
        variables = place.tb_frame.f_locals
        if place.tb_frame.f_code.co_name.startswith("<"):  # a comprehension, a lambda
            variables = outer.f_locals | variables
        tree = source_code.parse(place.tb_frame.f_code.co_filename)
        statement = source_code.statement_at(tree, place.tb_lineno)
        names, members = source_code.read_names(
            source_code.failed_expression(tree, place), statement
        )
        if "context" in members:
            self.missing_context = _missing_key(variables.get("self"), members)
        names |= source_code.iterated_names(tree, place.tb_lineno, names)
        self._names = members | (names & variables.keys())
        self._values = list(_flat(variables[n] for n in names if n in variables))
        if isinstance(statement, ast.Raise):
            # An error raised on purpose is about the arguments.
            self._values += _arguments(place.tb_frame)

    def among(self, items: list[SentValue]) -> list[SentValue]:
        """Return the matching `SentValue` of a list, by value or by name."""
        return [item for item in items if self._has_value(item)] or [
            item for item in items if item.name in self._names
        ]

    def _has_value(self, item: SentValue) -> bool:
        return any(
            any(_is_same(part, value) for value in self._values)
            or any(_is_in(part, value) for value in self._passed)
            for part in islice(_parts(item.value), MAX_VALUES)
        )


def _missing_key(records: BaseModel, members: Any) -> Any:
    context = records.env.context if isinstance(records, BaseModel) else {}
    return next((name for name in sorted(members) if _is_missing(name, context)), None)


def _is_missing(name: str, context: Any) -> Any:
    return name.startswith(("active_", "default_")) and name not in context


def _arguments(frame: Any) -> list[Any]:
    """Return the arguments of a frame."""
    code = frame.f_code
    count = code.co_argcount + code.co_kwonlyargcount
    names = code.co_varnames[:count]
    return [frame.f_locals[name] for name in names if name in frame.f_locals]


def _flat(values: Iterator | list[Any]) -> Iterator[Any]:
    """Yield values, and the items of those that are lists."""
    for value in values:
        yield value
        if isinstance(value, list | tuple | set | frozenset):
            yield from islice(value, MAX_VALUES)


def _parts(value: Any) -> Iterator[Any]:
    """Yield a JSON value and everything in it, the outermost first."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        yield value
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _is_same(part: Any, value: Any) -> bool:
    """Tell whether a variable holds a sent value, or False for null."""
    if part is None:
        return value is None or value is False
    if part is value or type(part) is not type(value):
        return part is value
    # All empty lists and objects are equal.
    return part == value and part not in ([], {})


def _is_in(part: Any, value: Any) -> bool:
    """Tell whether a library was given a sent value, or a text that contains it."""
    if isinstance(part, str) and isinstance(value, str | bytes):
        text = value if isinstance(value, str) else value.decode(errors="replace")
        return part == text or (len(part) >= MIN_PART and part in text)
    if part is None or isinstance(part, bool):
        return False
    return _is_same(part, value)
