# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the conditions of one search may cost: its domain and its filters together.

A condition costs 1. PostgreSQL compares a text pattern with every record that it joins:
it costs more behind relations, and on a name, which is searched in several columns. A
long list costs more than one value.
"""

from odoo.api import Environment
from odoo.fields import Field

from ..errors import InvalidFilter
from ..settings import bound

PATTERN = 2  # for each relation that leads to it
NAME_PATTERN = 2  # on display_name: Odoo compares several columns
CHARACTERS = 20  # of a text pattern, for each of which 1 is added
LONGEST = 100  # is added for a pattern of any length: one that is long is rare
VALUES = 100  # in lists, for each of which 1 is added


class SearchBudget:
    """What is left of the settings `max_conditions` and `max_list_values`."""

    def __init__(self, env: Environment) -> None:
        self._most = bound(env, "max_conditions")
        self._most_values = bound(env, "max_list_values")
        self._spent = 0

    def spend(self, cost: int = 1) -> None:
        """Take in a condition, or what it costs beside.

        :raise InvalidFilter: the search costs more than it may
        """
        self._spent += cost
        if self._spent > self._most > 0:
            self._refuse()

    def check_length(self, count: int) -> None:
        """Refuse a list of conditions, and of the signs between them, by its length."""
        if count > 2 * self._most > 0:
            self._refuse()

    def spend_pattern(self, text: str, fields: list[Field], relations: int = 0) -> None:
        """Take in what a text pattern costs beside its condition.

        :param fields: along its path
        :param relations: that lead to the model of the path
        """
        by_name = fields[-1].relational or fields[-1].name == "display_name"
        self.spend(_pattern_cost(text, fields, relations, by_name))

    def spend_name(self, text: str, fields: list[Field], relations: int = 0) -> None:
        """Take in what a name costs that Odoo looks up with a pattern of its own.

        :param fields, relations: as in `spend_pattern`
        """
        self.spend(1 + _pattern_cost(text, fields, relations, by_name=True))

    def spend_list(self, count: int) -> None:
        """Take in what a list of values costs beside its condition.

        :raise InvalidFilter: also where this list alone is too long
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
    return cost + min(len(text) // CHARACTERS, LONGEST)
