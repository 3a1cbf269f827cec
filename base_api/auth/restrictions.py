# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an API key may be used for, at most: less than its user may do, never more."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from werkzeug.http import http_date

from ..errors import KeyRestricted

VERBS = ("read", "create", "update", "delete", "call")
# What a key must be good for, where a route says nothing else.
METHOD_VERBS = {
    "GET": "read",
    "POST": "create",
    "PUT": "update",
    "PATCH": "update",
    "DELETE": "delete",
}
METHODS = tuple(METHOD_VERBS)
ANY_MODEL = "*"
WARNING_PERIOD = timedelta(days=14)  # before a key expires
# Where the restrictions of the key that signed in are found, if it has any, while a
# request is served.
RESTRICTIONS_KEY = "base_api_restrictions"


@dataclass(frozen=True)
class Restrictions:
    """The restrictions of one key.

    :param read_only: only the verb ``read``
    :param models: pairs ``(model or '*', verbs)``, or nothing for every model; what is
        listed for a model counts instead of what is listed for ``*``
    :param networks: CIDR notation, or nothing for every address
    """

    read_only: bool = False
    models: tuple = ()
    networks: tuple = ()

    @classmethod
    def from_json(cls, options):
        """Return the restrictions in the body of a request, or in the database.

        :param options: ``{"read_only": true, "models": {"res.partner": ["read"]},
            "networks": ["10.0.0.0/8"]}``, each optional
        :raise ValueError: saying what was expected
        """
        return cls(
            _parse_read_only(options.get("read_only")),
            _parse_models(options.get("models")),
            _parse_networks(options.get("networks")),
        )

    def to_json(self):
        """Return what :meth:`from_json` reads; null where nothing is restricted."""
        models = {model: list(verbs) for model, verbs in self.models}
        return {
            "read_only": self.read_only,
            "models": models or None,
            "networks": list(self.networks) or None,
        }

    def summary(self, read_only="read-only"):
        """Return the restrictions in one line, or nothing.

        :param read_only: that word in the language of the reader
        """
        parts = [read_only] if self.read_only else []
        parts += [f"{model}: {', '.join(verbs) or '-'}" for model, verbs in self.models]
        parts += self.networks
        return "; ".join(parts)

    def check_operation(self, verb, model_name):
        """Refuse what this key is not for.

        :param model_name: nothing where the request is about the caller alone
        :raise KeyRestricted: saying which restriction it was
        """
        if self.read_only and verb != "read":
            raise KeyRestricted(f"This API key is read-only, and this is a {verb}")
        if model_name and self.models and verb not in self._verbs(model_name):
            raise KeyRestricted(f"This API key is not for {verb} on {model_name}")

    def check_address(self, address):
        """Refuse an address outside of the networks of this key."""
        if self.networks and not any(
            ip_address(address) in ip_network(network) for network in self.networks
        ):
            raise KeyRestricted(f"This API key is not for requests from {address}")

    def covers(self, other):
        """Tell whether a key with the restrictions ``other`` can do nothing more."""
        return (
            self.read_only <= other.read_only
            and (not self.networks or self._covers_networks(other))
            and (not self.models or self._covers_models(other))
        )

    def _verbs(self, model_name):
        models = dict(self.models)
        return models.get(model_name, models.get(ANY_MODEL, ()))

    def _covers_networks(self, other):
        return bool(other.networks) and all(
            any(_contains(mine, network) for mine in self.networks)
            for network in other.networks
        )

    def _covers_models(self, other):
        names = {name for name, _verbs in self.models + other.models} | {ANY_MODEL}
        return bool(other.models) and all(
            set(other._verbs(name)) <= set(self._verbs(name)) for name in names
        )


UNRESTRICTED = Restrictions()


@dataclass(frozen=True)
class SignedKey:
    """The API key that signed a request in.

    :param company_id: the current company of its user, if that is known
    :param expiration_date: naive UTC, or nothing
    :param strict_types: how its answers represent values, see :mod:`~.strict`
    """

    id: int
    user_id: int
    company_id: int | None
    restrictions: Restrictions
    expiration_date: datetime | None
    strict_types: bool

    def warning_headers(self, now):
        """Return the header that tells when the key expires, if that is soon."""
        if not self.expiration_date or self.expiration_date - now > WARNING_PERIOD:
            return {}
        return {"Api-Key-Expires": http_date(self.expiration_date)}


def check_operation(env, verb, model_name):
    """Refuse what the API key of the request, if it was one, is not for.

    :raise KeyRestricted: see :meth:`Restrictions.check_operation`
    """
    current_restrictions(env).check_operation(verb, model_name)


def current_restrictions(env):
    """Return the restrictions of the key that signed the request in, if any."""
    return env.context.get(RESTRICTIONS_KEY, UNRESTRICTED)


def _contains(network, other):
    network, other = ip_network(network), ip_network(other)
    return network.version == other.version and other.subnet_of(network)


def _parse_read_only(value):
    if not isinstance(value, bool | None):
        raise ValueError("read_only must be true or false")
    return bool(value)


def _parse_models(value):
    if value is None:
        return ()
    if not isinstance(value, dict) or not value:
        raise ValueError("models must be an object of model: list of verbs")
    for model_name, verbs in value.items():
        if not isinstance(verbs, list) or not all(verb in VERBS for verb in verbs):
            raise ValueError(
                f"models: '{model_name}' must have a list of " + ", ".join(VERBS)
            )
    return tuple((name, tuple(dict.fromkeys(verbs))) for name, verbs in value.items())


def _parse_networks(value):
    if value is None:
        return ()
    if not isinstance(value, list) or not value:
        raise ValueError("networks must be a list such as ['10.0.0.0/8']")
    try:
        # A number is an address to Python; here it is a mistake.
        return tuple(str(ip_network(text)) for text in map(_require_text, value))
    except ValueError as exc:
        raise ValueError(f"networks: {exc}") from exc


def _require_text(value):
    if not isinstance(value, str):
        raise ValueError(f"{value} is not text")
    return value
