# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The headers for language, companies and time zone."""

from collections.abc import Iterable
from typing import Any

import pytz
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from odoo.api import Environment

from ..casting import to_ids
from ..errors import Forbidden, InvalidParameter
from ..errors.details import NOT_ALLOWED, detail, join
from ..errors.write import LanguageNotInstalled
from ..orm.access import company_ids


def read_localization(env: Environment, headers: Any) -> tuple[dict[str, Any], str]:
    """Return the context values that the headers of a request select.

    - `Accept-Language` (RFC 9110, section 12.5.4): the best of the installed
      languages; the user's own where none fits
    - `X-Company-Id`: one or more companies of the user, separated by commas; the
      first is the current one
    - `X-Timezone`: a name of the IANA database, by which dates are grouped

    :return: the values, and the `Accept-Language` if it names no installed language
    :raise InvalidParameter: not an id, or an unknown time zone
    :raise Forbidden: a company that is not among the user's
    """
    context: dict[str, Any] = {}
    missing_language = ""
    if accepted := headers.get("Accept-Language"):
        language = _find_language(env, accepted)
        missing_language = "" if language else accepted
        context["lang"] = language or _own_language(env)
    if companies := headers.get("X-Company-Id"):
        context["allowed_company_ids"] = _parse_companies(env, companies)
    if timezone := headers.get("X-Timezone"):
        context["tz"] = _parse_timezone(timezone)
    return context, missing_language


def installed_languages(env: Environment) -> list[str]:
    """Return the codes of the installed languages, such as `fr_BE`."""
    return [code for code, _name in env["res.lang"].get_installed()]


def check_installed(
    env: Environment, name: str, codes: Iterable[str], pointer: str | None = None
) -> None:
    """Refuse languages that are not installed.

    Translations always have `en_US`, which the others fall back to.

    :param name: of the field or the parameter that the codes are for
    :param pointer: to the object whose members are the codes, if it is in the body
    :raise LanguageNotInstalled: naming the installed languages
    """
    installed = installed_languages(env)
    for code in codes:
        if code not in (*installed, "en_US"):
            message = (
                f"{name}: the language '{code[:80]}' is not installed, expected one of "
                + ", ".join(installed)
            )
            place = None if pointer is None else join(pointer, code)
            entry = detail(name, message, NOT_ALLOWED, place)
            raise LanguageNotInstalled(message, [entry])


def check_companies(env: Environment, name: str, ids: list[int]) -> None:
    """Refuse companies that are not among the user's.

    :param name: where the ids came from
    :raise Forbidden: one of them is not
    """
    if foreign := set(ids) - set(company_ids(env.user)):
        raise Forbidden(
            f"{name}: company {min(foreign)} is not one of the user's companies"
        )


def _own_language(env: Environment) -> str:
    return env.context.get("lang") or "en_US"


def _find_language(env: Environment, accepted: str) -> str | None:
    """Return the code of the installed language that fits best, or None."""
    own = _own_language(env)
    installed = {_tag(code): code for code in installed_languages(env)}
    for asked, quality in parse_accept_header(accepted, LanguageAccept):
        if asked == "*":
            return own
        wanted = _tag(asked)  # also in Odoo's form, such as fr_BE
        # Unlike RFC 4647, section 3.4, fr-FR is accepted for a request for fr-BE.
        nearest = sorted(
            (tag for tag in installed if _primary(tag) == _primary(wanted)),
            key=lambda tag: (tag != wanted, installed[tag] != own),
        )
        if nearest and quality:
            return installed[nearest[0]]
    return None


def _tag(code: str) -> str:
    """Return the tag of one of Odoo's language codes (RFC 5646), in lower case."""
    return code.partition("@")[0].replace("_", "-").lower()


def _primary(tag: str) -> str:
    return tag.partition("-")[0]


def _parse_companies(env: Environment, text: str) -> list[int]:
    try:
        ids = to_ids(text)
    except ValueError as exc:
        raise InvalidParameter(
            f"X-Company-Id: {text[:80]} is not allowed, expected ids of companies, "
            "separated by commas"
        ) from exc
    check_companies(env, "X-Company-Id", ids)
    return list(dict.fromkeys(ids))


def _parse_timezone(text: str) -> str:
    if text not in pytz.all_timezones_set:
        raise InvalidParameter(
            f"X-Timezone: {text[:80]} is not allowed, expected a name such as "
            "Europe/Brussels"
        )
    return text
