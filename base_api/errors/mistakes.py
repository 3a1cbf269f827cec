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

import ast
import linecache
import os
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import psycopg2

import odoo.addons
import odoo.sql_db

from .details import MAX_DETAILS, WRONG_TYPE, detail

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
# Those of the machine, the network and the database.
_OTHER_ERRORS = (MemoryError, OSError, psycopg2.Error)
MAX_VALUES = 10_000  # of what was sent, in the order in which it was sent
MIN_PART = 3  # characters of a text that is recognized in a longer one

_ADDON = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Code of ours that passes values on, between an app and what it calls.
_WRAPPERS = os.path.join(_ADDON, "orm", "")
_CURSOR = odoo.sql_db.__file__
_ODOO = os.path.dirname(_CURSOR)
_PATHS = sysconfig.get_paths()
_STDLIB = tuple(os.path.join(_PATHS[name], "") for name in ("stdlib", "platstdlib"))
_PACKAGES = ("/site-packages/", "/dist-packages/")


@dataclass(frozen=True)
class SentValue:
    """A value of a request that has a name.

    :param name: of the field, the argument or the parameter
    :param pointer: where it is in the body (RFC 6901), or None
    """

    name: str
    pointer: str | None
    value: Any


def find_mistakes(exc, sent):
    """Return ``details`` of the sent values that an error is about, or an empty list.

    :param exc: an exception that was raised, with its traceback
    :param sent: the :class:`SentValue` of a request, an iterable
    """
    if isinstance(exc, _OTHER_ERRORS):
        return []
    place, libraries = _failed_places(exc.__traceback__)
    if place is None or not (libraries or isinstance(exc, PYTHON_ERRORS)):
        return []
    used = _Used(place, libraries)
    found = [item for item in islice(sent, MAX_VALUES) if used.includes(item)]
    reason = f": {exc}"[:200] if isinstance(exc, ValueError) else ""
    return [
        detail(
            item.name,
            f"{item.name}: not a value that can be used here{reason}",
            WRONG_TYPE,
            item.pointer,
        )
        for item in found[:MAX_DETAILS]
    ]


def _failed_places(trace):
    """Return where an app failed, and the frames of the libraries that it called there.

    :return: a traceback object, or None, and a list
    """
    places = []
    while trace is not None:
        places.append(trace)
        trace = trace.tb_next
    libraries = []
    for place in reversed(places):
        path = place.tb_frame.f_code.co_filename
        if _is_library(path):
            libraries.append(place.tb_frame)
        elif not path.startswith(_WRAPPERS) and path != _CURSOR:
            return place, libraries
    return None, libraries


def _is_library(path):
    """Tell whether a source file is Python's, or of a package that is not Odoo's."""
    if path.startswith((_ADDON, _ODOO, *odoo.addons.__path__)):
        return False
    in_package = any(folder in path for folder in _PACKAGES)
    return in_package or path.startswith((*_STDLIB, "<frozen"))


class _Used:
    """What the code that failed worked on.

    :param place: in the app, a traceback object
    :param libraries: the frames of what it called
    """

    def __init__(self, place, libraries):
        variables = place.tb_frame.f_locals
        names, members = _read_names(place)
        self._names = members | (names & variables.keys())
        self._values = [variables[name] for name in names if name in variables]
        self._passed = [value for frame in libraries for value in _arguments(frame)]

    def includes(self, item):
        """Tell whether a :class:`SentValue` is among it."""
        if item.name in self._names:
            return True
        return any(
            any(_is_same(part, value) for value in self._values)
            or any(_is_in(part, value) for value in self._passed)
            for part in islice(_parts(item.value), MAX_VALUES)
        )


def _read_names(place):
    """Return what the expression that failed, or its whole statement, reads.

    :return: the names of variables, and those of members (attributes, and texts)
    """
    path = place.tb_frame.f_code.co_filename
    try:
        tree = ast.parse("".join(linecache.getlines(path)))
    except (SyntaxError, ValueError):
        return set(), set()
    for node in (_failed_expression(tree, place), _statement(tree, place.tb_lineno)):
        if node is not None:
            names, members = _names_in(node)
            if names or members:
                return names, members
    return set(), set()


def _failed_expression(tree, place):
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


def _span(node):
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


def _statement(tree, line):
    """Return the innermost statement at a line, or None."""
    found = None
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno:
            if found is None or node.lineno >= found.lineno:
                found = node
    return found


def _names_in(node):
    names, members = set(), set()
    for part in _walk_header(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
            names.add(part.id)
        elif isinstance(part, ast.Attribute):
            members.add(part.attr)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            members.add(part.value)
    return names, members


def _walk_header(node):
    """Yield the nodes of a statement, without those of the statements inside of it."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.stmt | ast.ExceptHandler):
            yield from _walk_header(child)


def _arguments(frame):
    """Return what a function was called with."""
    code = frame.f_code
    count = code.co_argcount + code.co_kwonlyargcount
    names = code.co_varnames[:count]
    return [frame.f_locals[name] for name in names if name in frame.f_locals]


def _parts(value) -> Iterator[Any]:
    """Yield a JSON value and all that is in it, from the outside in."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        yield value
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _is_same(part, value):
    """Tell whether a variable holds what was sent, or what Odoo makes of null."""
    if isinstance(part, list | dict):
        return part is value
    if part is None:
        return value is None or value is False
    return type(part) is type(value) and part == value


def _is_in(part, value):
    """Tell whether a library was given what was sent, or a text that holds it."""
    if isinstance(part, str) and isinstance(value, str | bytes):
        text = value if isinstance(value, str) else value.decode(errors="replace")
        return part == text or (len(part) >= MIN_PART and part in text)
    if part is None or isinstance(part, bool):
        return False
    return _is_same(part, value)
