# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The source code at a place of a traceback, and the names that it uses."""

from __future__ import annotations

import ast
import linecache
from collections.abc import Iterator
from itertools import islice
from typing import Any

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def parse(path: str) -> Any:
    """Return the syntax tree of a source file; empty without a source."""
    try:
        return ast.parse("".join(linecache.getlines(path)))
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def failed_expression(tree: Any, place: Any) -> Any:
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


def statement_at(tree: Any, line: int) -> Any:
    """Return the innermost statement at a line, or None."""
    found = None
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and _holds(node, line):
            if found is None or node.lineno >= found.lineno:
                found = node
    return found


def iterated_names(tree: Any, line: int, names: set[str]) -> set[str]:
    """Return the names that the loops around a line iterate over."""
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


def read_names(*nodes: Any) -> tuple[Any, Any]:
    """Return the names that the first reading node of a list reads.

    :return: the names of variables, and those of members (attributes, and texts)
    """
    for node in nodes:
        names, members = _names_in(node) if node is not None else (set(), set())
        if names or members:
            return names, members
    return set(), set()


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
    """Yield the nodes of a statement, without those of nested statements."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.stmt | ast.ExceptHandler):
            yield from _walk_header(child)


def _span(node: Any) -> tuple[Any, Any]:
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


def _holds(node: Any, line: int) -> bool:
    return node.lineno <= line <= node.end_lineno
