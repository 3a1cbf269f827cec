# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The cost of the conditions of a search: of its domain and its filters together.

A condition costs 1. PostgreSQL compares a text pattern with every joined record, so it
costs more behind relations, and on names, which are searched in several columns. A long
list costs more than one value.
"""

from odoo.api import Environment
from odoo.fields import Field

from ..errors import InvalidFilter
from ..settings import bound
from .scans import check_scan

PATTERN = 2  # for each relation in its path
NAME_PATTERN = 2  # on display_name: Odoo compares several columns
# A text pattern costs 1 more for every 20 characters, without a maximum: PostgreSQL
# matches a long pattern against a long text in quadratic time, and cannot cancel that
# (`MatchText` in like_match.c).
CHARACTERS = 20
VALUES = 100  # A list costs 1 more for every 100 values.


class SearchBudget:
    """The rest of the settings `max_conditions` and `max_list_values`."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._most = bound(env, "max_conditions")
        self._most_values = bound(env, "max_list_values")
        self._spent = 0

    def spend(self, cost: int = 1) -> None:
        """Count a condition, or an additional cost.

        :raise InvalidFilter: the search costs too much
        """
        self._spent += cost
        if self._spent > self._most > 0:
            self._refuse()

    def check_length(self, count: int) -> None:
        """Refuse a domain that is too long."""
        if count > 2 * self._most > 0:
            self._refuse()

    def spend_pattern(
        self,
        text: str,
        fields: list[Field],
        relations: int = 0,
        is_anchored: bool = False,
    ) -> None:
        """Count the additional cost of a text pattern.

        :param fields: along its path
        :param relations: number of relations before the path
        :param is_anchored: whether it begins with fixed text
        :raise InvalidFilter: also if the pattern would read a large table
        """
        if not is_anchored:
            check_scan(self._env, fields[-1])
        by_name = fields[-1].relational or fields[-1].name == "display_name"
        self.spend(_pattern_cost(text, fields, relations, by_name))

    def spend_name(self, text: str, fields: list[Field], relations: int = 0) -> None:
        """Count the additional cost of a name, which Odoo searches with a pattern.

        :param fields, relations: as in `spend_pattern`
        """
        field = fields[-1]
        if field.name == "id":
            field = self._env[field.model_name]._fields["display_name"]
        check_scan(self._env, field)
        self.spend(1 + _pattern_cost(text, fields, relations, by_name=True))

    def spend_list(self, count: int) -> None:
        """Count the additional cost of a list of values.

        :raise InvalidFilter: also if this list alone is too long
        """
        if count > self._most_values > 0:
            raise InvalidFilter(
                f"A list of {count} values: expected at most {self._most_values} "
                "(max_list_values). Send several requests, or another condition"
            )
        self.spend(count // VALUES)

    def _refuse(self) -> None:
        raise InvalidFilter(
            f"domain and filters: expected at most {self._most} conditions in all "
            f"(max_conditions). A text pattern adds {PATTERN} for each relation that "
            f"leads to it, {NAME_PATTERN} on a name of a record and 1 for every "
            f"{CHARACTERS} characters, a list 1 for every {VALUES} values"
        )


def _pattern_cost(text: str, fields: list[Field], relations: int, by_name: bool) -> int:
    relations += sum(bool(field.relational) for field in fields)
    cost = PATTERN * relations + (NAME_PATTERN if by_name else 0)
    return cost + len(text) // CHARACTERS
