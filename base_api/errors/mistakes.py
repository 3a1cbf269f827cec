# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether a Python error is about a value that the client sent, and about which.

Apps trust their values: one that is not a URL, a number or a list as they expect makes
a parser or an operator fail, deep inside of them. The traceback tells whose fault it
is. The error is the caller's where the statement of the app that failed, or the library
function that it called, worked on something that was sent.

Only looked at when an error is handled. Where a source file is missing, the error stays
the server's.
"""

from __future__ import annotations

import ast
import linecache
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import psycopg2
from psycopg2.errors import DatatypeMismatch, UndefinedFunction

from odoo.models import BaseModel

from .details import MAX_DETAILS, WRONG_TYPE, detail

_logger = logging.getLogger(__name__)

# What Python and its libraries raise for a value that they cannot use.
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
# What PostgreSQL raises for a value of another type than it needs.
_TYPE_ERRORS = (psycopg2.DataError, DatatypeMismatch, UndefinedFunction)
MAX_VALUES = 10_000  # of what was sent, in the order in which it was sent
MIN_PART = 3  # characters of a text that is recognized in a longer one

_APPS = "odoo.addons."
_OURS = f"{_APPS}base_api."
_OUR_MODELS = tuple(f"{_OURS}{name}." for name in ("models", "wizards", "tests"))
# Code of ours that passes values on, between an app and what it calls.
_OUR_WRAPPERS = f"{_OURS}orm."
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class SentValue:
    """A value of a request that has a name.

    :param name: of the field, the argument or the parameter
    :param pointer: where it is in the body (RFC 6901), or None
    """

    name: str
    pointer: str | None
    value: Any


def find_mistakes(exc: Any, sent: Iterator) -> list[dict[str, Any]]:
    """Return `details` of the sent values that an error is about, or an empty list.

    :param exc: an exception that was raised, with its traceback
    :param sent: the `SentValue` of a request, an iterable
    """
    if isinstance(exc, psycopg2.Error):
        # The driver's own has no code: "can't adapt type 'dict'".
        if not isinstance(exc, _TYPE_ERRORS) and exc.pgcode is not None:
            return []
    elif isinstance(exc, MemoryError | OSError):
        return []
    found = _find_used(exc.__traceback__).among(list(islice(sent, MAX_VALUES)))
    found = [item for item in found if not _has_part(item, found)]
    if found:
        # It may be a mistake of the app all the same.
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
    """Return the key of the context whose absence an app failed over, or None.

    Many wizards need to be told which records they are about: `active_ids`.
    """
    if not isinstance(exc, PYTHON_ERRORS):
        return None
    return _find_used(exc.__traceback__).missing_context


def _has_part(item: SentValue, others: list[SentValue]) -> bool:
    """Tell whether one of other values is inside of a value."""
    return any(
        str(other.pointer).startswith(f"{item.pointer}/")
        for other in others
        if other is not item
    )


def _find_used(trace: Any) -> _Used:
    """Return the `_Used` of a traceback."""
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
    """Tell whether a module is of an addon, or is code of the database (no module)."""
    if not module:
        return True
    if module.startswith(_OURS):
        return module.startswith(_OUR_MODELS)
    return module.startswith(_APPS)


class _Used:
    """What the code that failed worked on.

    :param place: in the app, a traceback object, or None
    :param outer: the frame that this place was called from
    :param libraries: the frames of what it called
    :ivar missing_context: a key that it read in the context, which does not have it
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
            self._values += _arguments(libraries[0])  # what failed in the end

    def _read(self, place: Any, outer: Any) -> None:
        variables = place.tb_frame.f_locals
        if place.tb_frame.f_code.co_name.startswith("<"):  # a comprehension, a lambda
            variables = outer.f_locals | variables
        tree = _parse(place.tb_frame.f_code.co_filename)
        statement = _statement(tree, place.tb_lineno)
        names, members = _read_names(_failed_expression(tree, place), statement)
        if "context" in members:
            self.missing_context = _missing_key(variables.get("self"), members)
        names |= _iterated(tree, place.tb_lineno, names)
        self._names = members | (names & variables.keys())
        self._values = list(_flat(variables[n] for n in names if n in variables))
        if isinstance(statement, ast.Raise):
            # What raises an error on purpose is about what it was given.
            self._values += _arguments(place.tb_frame)

    def among(self, items: list[SentValue]) -> list[SentValue]:
        """Return the `SentValue` of a list that it is: by value, or by name."""
        return [item for item in items if self._has_value(item)] or [
            item for item in items if item.name in self._names
        ]

    def _has_value(self, item: SentValue) -> bool:
        return any(
            any(_is_same(part, value) for value in self._values)
            or any(_is_in(part, value) for value in self._passed)
            for part in islice(_parts(item.value), MAX_VALUES)
        )


def _parse(path: str) -> Any:
    """Return the syntax tree of a source file, empty where there is no source."""
    try:
        return ast.parse("".join(linecache.getlines(path)))
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def _read_names(*nodes: Any) -> tuple[Any, Any]:
    """Return what the first of some nodes that reads anything reads.

    :return: the names of variables, and those of members (attributes, and texts)
    """
    for node in nodes:
        names, members = _names_in(node) if node is not None else (set(), set())
        if names or members:
            return names, members
    return set(), set()


def _failed_expression(tree: Any, place: Any) -> Any:
    """Return the expression that was evaluated, or None before Python 3.11."""
    code = place.tb_frame.f_code
    if not hasattr(code, "co_positions"):
        return None
    instruction = place.tb_lasti // 2
    line, end_line, column, end_column = next(
        islice(code.co_positions(), instruction, None)
    )
    if None in (line, end_line, column, end_column):
        return None
    start, end = (line, column), (end_line, end_column)
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and _span(node) == (start, end):
            return node
    return None


def _span(node: Any) -> tuple[Any, Any]:
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


def _statement(tree: Any, line: int) -> Any:
    """Return the innermost statement at a line, or None."""
    found = None
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and _holds(node, line):
            if found is None or node.lineno >= found.lineno:
                found = node
    return found


def _holds(node: Any, line: int) -> bool:
    return node.lineno <= line <= node.end_lineno


def _iterated(tree: Any, line: int, names: set[str]) -> set[str]:
    """Return the names of what the loops around a line go over, for some variables."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.For) and _holds(node, line):
            loops: list[Any] = [node]
        elif isinstance(node, _COMPREHENSIONS) and _holds(node, line):
            loops = node.generators
        else:
            continue
        for loop in loops:
            targets = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
            if targets & names:
                found |= _names_in(loop.iter)[0]
    return found


def _names_in(node: Any) -> tuple[Any, Any]:
    names, members = set(), set()
    for part in _walk_header(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
            names.add(part.id)
        elif isinstance(part, ast.Attribute):
            members.add(part.attr)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            members.add(part.value)
    return names, members


def _walk_header(node: Any) -> Iterator[Any]:
    """Yield the nodes of a statement, without those of the statements inside of it."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.stmt | ast.ExceptHandler):
            yield from _walk_header(child)


def _missing_key(records: BaseModel, members: Any) -> Any:
    context = records.env.context if isinstance(records, BaseModel) else {}
    return next((name for name in sorted(members) if _is_missing(name, context)), None)


def _is_missing(name: str, context: Any) -> Any:
    return name.startswith(("active_", "default_")) and name not in context


def _arguments(frame: Any) -> list[Any]:
    """Return what a function was called with."""
    code = frame.f_code
    count = code.co_argcount + code.co_kwonlyargcount
    names = code.co_varnames[:count]
    return [frame.f_locals[name] for name in names if name in frame.f_locals]


def _flat(values: Iterator | list[Any]) -> Iterator[Any]:
    """Yield values, and what is in those of them that are lists."""
    for value in values:
        yield value
        if isinstance(value, list | tuple | set | frozenset):
            yield from islice(value, MAX_VALUES)


def _parts(value: Any) -> Iterator[Any]:
    """Yield a JSON value and all that is in it, from the outside in."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        yield value
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _is_same(part: Any, value: Any) -> bool:
    """Tell whether a variable holds what was sent, or what Odoo makes of null."""
    if part is None:
        return value is None or value is False
    if part is value or type(part) is not type(value):
        return part is value
    # Every empty list or object is equal to every other.
    return part == value and part not in ([], {})


def _is_in(part: Any, value: Any) -> bool:
    """Tell whether a library was given what was sent, or a text that holds it."""
    if isinstance(part, str) and isinstance(value, str | bytes):
        text = value if isinstance(value, str) else value.decode(errors="replace")
        return part == text or (len(part) >= MIN_PART and part in text)
    if part is None or isinstance(part, bool):
        return False
    return _is_same(part, value)
