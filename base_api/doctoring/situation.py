# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the checks look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg2

from odoo.api import Environment

from ..orm.probes import probe

SECONDS = 1.0  # that a check waits for the database at most


class Unanswered(Exception):
    """The database or the file system has not answered in time."""


@dataclass(frozen=True)
class SeenRequest:
    """The request that asks, as it arrived at this node.

    :param headers: as they were sent
    :param address: of the client, as Odoo knows it
    :param scheme: `http` or `https`, as Odoo knows it
    """

    headers: Mapping[str, str]
    address: str
    scheme: str


@dataclass(frozen=True)
class Situation:
    """The node and the database that the checks look at.

    :param env: the environment of an administrator
    :param request: None on the command line
    """

    env: Environment
    request: SeenRequest | None = None

    def query(self, statement: str, readonly: bool = False) -> Any:
        """Return the first row of a query on a connection of its own.

        :param readonly: on the replica, if there is one; else on the primary
        :raise Unanswered: the database does not answer within a second
        """
        try:
            return probe(self.env.cr.dbname, statement, readonly, SECONDS)
        except psycopg2.Error as exc:
            where = "replica" if readonly else "primary database"
            raise Unanswered(f"The {where} does not answer") from exc

    def parameter(self, name: str) -> str:
        """Return a system parameter that is not a secret, or an empty text."""
        # sudo: an API key that is restricted to api.doctor cannot read parameters.
        return self.env["ir.config_parameter"].sudo().get_param(name) or ""
