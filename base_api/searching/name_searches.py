# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`partner_id__search=azure`: Odoo's name search, as a many2one of the web client.

A model may override `name_search` to find and rank records in its own way: a product by
its code first, a country by its code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from odoo.fields import Domain, Field
from odoo.models import BaseModel

from ..errors import InvalidFilter
from ..orm.queries import search_query
from .conditions import MAX_IDS, along, build_query, unless_impossible
from .paths import follow
from .ranking import Rank, is_rankable

if TYPE_CHECKING:
    from .search_budget import SearchBudget
    from .targets import Target


SEARCH = "search"
MAX_SEARCHES = 8  # in one request, as each runs when the filters are read
MAX_RANKED = 1000  # results of a search that is in the order of the ranking


@dataclass(frozen=True)
class NameSearch:
    """A name to search for.

    :param model: of the request
    :param fields: the relations that lead to the named records
    :param named: the model of the named records
    """

    model: BaseModel
    fields: list[Field]
    named: BaseModel
    text: str

    @classmethod
    def of(
        cls, model: BaseModel, target: Target, text: str, budget: SearchBudget
    ) -> NameSearch:
        """Return the search of a filter.

        :raise InvalidFilter: without a text, or too much
        :raise odoo.exceptions.AccessError: a model that the caller may not read
        :raise KeyRestricted: a model that the API key is not for
        """
        *fields, last = target.fields
        named = model.env[last.model_name]
        if last.relational:
            fields, named = target.fields, follow(named, last, InvalidFilter)
        if not text:
            raise InvalidFilter("search: expected text to search for")
        budget.spend_name(text, target.fields)
        return cls(model, fields, named, text)

    def condition(self, others: Domain) -> Domain:
        """Return the condition for all records that the name search finds.

        :param others: the other conditions of the request
        """
        if _has_own_search(self.named):
            ids = self._find(others, MAX_IDS + 1)
            if len(ids) > MAX_IDS:
                raise InvalidFilter(
                    f"search: more than {MAX_IDS} {self.named._name} match"
                )
            return self._along(Domain("id", "in", ids))
        by_name = Domain("display_name", "ilike", self.text)
        query = build_query(self.named, by_name, self._message)
        return self._along(Domain("id", "any", query)) if self.fields else by_name

    def rank(self, others: Domain) -> Rank | None:
        """Return the order of the records, or None if the relations do not give one.

        :param others: as in `condition`
        """
        models = (self.model.env[field.model_name] for field in self.fields)
        if not all(map(is_rankable, models, self.fields)):
            return None
        return Rank(tuple(self.fields), tuple(self._find(others, MAX_RANKED)))

    def ranked(self, rank: Rank) -> Domain:
        """Return the condition for the records that are ranked."""
        return self._along(Domain("id", "in", rank.ids))

    @property
    def _message(self) -> str:
        return f"search: {self.named._name} cannot be searched for this name"

    def _along(self, condition: Domain) -> Domain:
        return along(self.model, [*self.fields, self.named._fields["id"]], condition)

    def _find(self, others: Domain, limit: int) -> list[int]:
        """Return the ids that the name search finds, the best one first."""
        domain = Domain.TRUE if self.fields else _as_list(self.named, others)
        with unless_impossible(self._message):
            if _has_own_search(self.named):
                found = self.named.name_search(self.text, domain, limit=limit)
                return [record_id for record_id, _name in found]
            # The same, without computing all names.
            domain &= Domain("display_name", "ilike", self.text)
            return self.named.search(domain, limit=limit).ids


def _has_own_search(model: BaseModel) -> bool:
    return type(model).name_search is not BaseModel.name_search


def _as_list(model: BaseModel, domain: Domain) -> Domain:
    """Return a domain that can also be read as a list, which some overrides do."""
    if any(isinstance(item, Domain) for item in domain):  # its own SQL
        return Domain("id", "any", search_query(model, domain))
    return domain
