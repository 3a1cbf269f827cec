# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The restrictions of an API key: they can only reduce the rights of its user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import ip_address, ip_network
from typing import Any

from ..errors import KeyRestricted
from .administration import OPERATIONS

# Operation that a key must allow, by HTTP method; routes may override it.
METHOD_OPERATIONS = {
    "GET": "read",
    "POST": "create",
    "PUT": "update",
    "PATCH": "update",
    "DELETE": "delete",
}
METHODS = tuple(METHOD_OPERATIONS)
ANY_MODEL = "*"


@dataclass(frozen=True)
class Restrictions:
    """The restrictions of one key.

    :param read_only: whether only the operation `read` is allowed
    :param models: pairs `(model or '*', operations)`; empty for every model. The entry
        of a model replaces the one of `*`.
    :param networks: in CIDR notation; empty for every address
    :param external_id_prefix: how external ids that it uses begin; empty for any
    """

    read_only: bool = False
    models: tuple[Any, ...] = ()
    networks: tuple[Any, ...] = ()
    # Not in the text that identifies requests, see `safety.idempotency.fingerprint`.
    external_id_prefix: str = field(default="", repr=False)

    @classmethod
    def from_json(cls, options: dict[str, Any]) -> Restrictions:
        """Return the restrictions from a request body or from the database.

        :param options: `{"read_only": true, "models": {"res.partner": ["read"]},
            "networks": ["10.0.0.0/8"], "external_id_prefix": "shop."}`, each optional
        :raise ValueError: saying what was expected
        """
        return cls(
            _parse_read_only(options.get("read_only")),
            _parse_models(options.get("models")),
            _parse_networks(options.get("networks")),
            _parse_prefix(options.get("external_id_prefix")),
        )

    def to_json(self) -> dict[str, Any]:
        """Return the restrictions as `from_json` reads them; null for none."""
        models = {model: list(operations) for model, operations in self.models}
        options: dict[str, Any] = {
            "read_only": self.read_only,
            "models": models or None,
            "networks": list(self.networks) or None,
        }
        if self.external_id_prefix:
            options["external_id_prefix"] = self.external_id_prefix
        return options

    def summary(self, read_only: str = "read-only") -> str:
        """Return the restrictions in one line; empty if there are none.

        :param read_only: the translation of "read-only"
        """
        parts = [read_only] if self.read_only else []
        parts += [
            f"{model}: {', '.join(operations) or '-'}"
            for model, operations in self.models
        ]
        parts += self.networks
        parts += [f"{self.external_id_prefix}*"] if self.external_id_prefix else []
        return "; ".join(parts)

    @cached_property
    def limits_operations(self) -> bool:
        """Whether the key allows fewer operations than its user has."""
        return self.read_only or bool(self.models)

    def names(self, operation: str, model_name: str | None) -> bool:
        """Tell whether this key names an operation on a model."""
        return model_name in dict(self.models) and self.allows(operation, model_name)

    def named_operations(self) -> list[tuple[str, str]]:
        """Return the operations on named models that this key allows.

        :return: list of `(operation, model)`
        """
        return [
            (operation, model_name)
            for model_name, operations in self.models
            for operation in operations
            if model_name != ANY_MODEL and self.allows(operation, model_name)
        ]

    def allows(
        self, operation: str, model_name: str | None, administrative: bool = False
    ) -> bool:
        """Tell whether this key allows an operation.

        :param model_name: None for a request that is about the caller alone
        :param administrative: whether the operation is administrative, so that the key
            has to name the model
        """
        if self.read_only and operation != "read":
            return False
        if not model_name:
            return True
        models = dict(self.models)
        if model_name in models:
            return operation in models[model_name]
        if models and operation not in models.get(ANY_MODEL, ()):
            return False
        return not (administrative and self.limits_operations)

    def check_operation(self, operation: str, model_name: str | None) -> None:
        """Refuse an operation that this key does not allow.

        :param model_name: None for a request that is about the caller alone
        :raise KeyRestricted: naming the restriction
        """
        if self.read_only and operation != "read":
            raise KeyRestricted(
                f"This API key is read-only; the request needs '{operation}'"
            )
        if not self.allows(operation, model_name):
            raise KeyRestricted(
                f"This API key does not allow {operation} on {model_name}"
                + how_to_allow(operation, model_name)
            )

    def check_address(self, address: str) -> None:
        """Refuse an address outside the networks of this key."""
        if self.networks and not any(
            ip_address(address) in ip_network(network) for network in self.networks
        ):
            raise KeyRestricted(f"This API key does not accept requests from {address}")

    def check_external_id(self, name: str) -> None:
        """Refuse an external id that does not begin with the prefix of this key."""
        if not name.startswith(self.external_id_prefix):
            raise KeyRestricted(
                "This API key uses only external ids that begin with "
                f"{self.external_id_prefix}"
            )

    def covers(
        self,
        other: Restrictions,
        administrative: Callable[..., bool] = lambda operation, model_name: False,
    ) -> bool:
        """Tell whether a key with the restrictions `other` can do no more than this
        one.

        :param administrative: a function that tells whether an operation on a model is
            administrative
        """
        return (
            (not self.networks or self._covers_networks(other))
            and (
                not self.limits_operations or self._covers_models(other, administrative)
            )
            and other.external_id_prefix.startswith(self.external_id_prefix)
        )

    def _covers_networks(self, other: Restrictions) -> bool:
        return bool(other.networks) and all(
            any(_contains(mine, network) for mine in self.networks)
            for network in other.networks
        )

    def _covers_models(
        self, other: Restrictions, administrative: Callable[..., bool]
    ) -> bool:
        named = dict(other.models).keys() - {ANY_MODEL}
        names = named | dict(self.models).keys() | {ANY_MODEL}
        return other.limits_operations and all(
            self.allows(
                operation, name, name in named and administrative(operation, name)
            )
            for name in names
            for operation in OPERATIONS
            if other.allows(operation, name)
        )


UNRESTRICTED = Restrictions()


def how_to_allow(operation: str, model_name: str | None) -> str:
    """Return the end of a message that says what a key has to list."""
    return (
        f'. To allow it, use a key whose models list "{model_name}": ["{operation}"], '
        "with the other operations that it needs there"
    )


def _contains(outer: str, inner: str) -> bool:
    network, other = ip_network(outer), ip_network(inner)
    # Both have the same version, which the type checker cannot know.
    return network.version == other.version and other.subnet_of(network)  # type: ignore[arg-type]


def _parse_read_only(value: bool | None) -> bool:
    if not isinstance(value, bool | None):
        raise ValueError("read_only must be true or false")
    return bool(value)


def _parse_models(value: dict[str, Any] | None) -> tuple[Any, ...]:
    if value is None:
        return ()
    if not isinstance(value, dict) or not value:
        raise ValueError("models must be an object of model: list of operations")
    for model_name, operations in value.items():
        if not isinstance(operations, list) or not all(
            operation in OPERATIONS for operation in operations
        ):
            raise ValueError(
                f"models: '{model_name}' must have a list of " + ", ".join(OPERATIONS)
            )
    return tuple(
        (name, tuple(dict.fromkeys(operations))) for name, operations in value.items()
    )


def _parse_networks(value: list[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not value:
        raise ValueError("networks must be a list such as ['10.0.0.0/8']")
    try:
        # `ip_network` accepts numbers, which are a mistake here.
        return tuple(str(ip_network(text)) for text in map(_require_text, value))
    except ValueError as exc:
        raise ValueError(f"networks: {exc}") from exc


def _require_text(value: str | int) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value} is not text")
    return value


def _parse_prefix(value: str | None) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or not value or any(map(str.isspace, value)):
        raise ValueError(
            "external_id_prefix must be text without spaces, such as shop."
        )
    return value
