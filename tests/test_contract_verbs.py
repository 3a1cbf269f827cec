# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Verbs: what each path answers to, and how HEAD, OPTIONS and all others are met."""

import pytest

VERBS = {
    "/test": "GET",
    "/auth/test": "GET",
    "/user/info": "GET",
    "/auth/me": "GET",
    "/auth/login": "POST",
    "/auth/refresh": "POST",
    "/auth/logout": "POST",
    "/users": "GET",
    "/users/2": "GET, PUT",
    "/users/2/password": "PUT",
    "/users/2/reset-password": "POST",
    "/users/2/api-key": "POST",
    "/groups": "GET",
    "/partners": "GET",
    "/products": "GET",
    "/count/res.partner": "GET",
    "/export/res.partner": "GET",
    "/search/res.partner": "GET, POST",
    "/search/res.partner/15": "GET",
    "/create/res.partner": "POST",
    "/create/res.users": "POST",
    "/update/res.partner/15": "PUT, PATCH",
    "/delete/res.partner/15": "DELETE",
    "/update/res.partner": "PATCH",
    "/delete/res.partner": "DELETE",
    "/fields/res.partner": "GET",
    "/models": "GET",
}
ALL = ("GET", "POST", "PUT", "PATCH", "DELETE")


def verbs(text):
    """The verbs in an Allow header, apart from those that come for free."""
    return {verb.strip() for verb in text.split(",")} - {"HEAD", "OPTIONS"}


@pytest.mark.parametrize("path", VERBS)
def test_other_verbs_are_refused_with_those_that_work(anyone, admin, path):
    for verb in set(ALL) - verbs(VERBS[path]):
        for client in (anyone, admin):
            answer = client.call(verb, path)
            assert answer.status_code == 405
            assert answer.json()["error"]["code"] == "METHOD_NOT_ALLOWED"
            assert verbs(answer.headers["Allow"]) == verbs(VERBS[path])


@pytest.mark.parametrize("path", VERBS)
def test_options_tells_the_verbs(anyone, path):
    answer = anyone.call("OPTIONS", path)
    assert answer.status_code == 204
    assert verbs(answer.headers["Allow"]) == verbs(VERBS[path])


@pytest.mark.parametrize("path", ["/search/res.partner", "/search/res.partner/15"])
def test_head_answers_as_get_without_a_body(admin, path):
    answer = admin.call("HEAD", path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")


def test_head_needs_a_credential_as_get_does(anyone):
    answer = anyone.call("HEAD", "/search/res.partner")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("verb", ["TRACE", "PROPFIND", "LINK"])
def test_verbs_that_nothing_answers_to(anyone, admin, verb):
    for client in (anyone, admin):
        client.refuse(405, "METHOD_NOT_ALLOWED", verb, "/search/res.partner")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/nothing",
        "/search",
        "/search/res.partner/15/name",
        "/users/2/nothing",
        "/auth",
        "//test",
        "/test/../../web",
        "/%2e%2e/web",
        "/search/%00",
        "/line%0Abreak",
        "/%0A",
    ],
)
def test_other_paths_are_not_found(anyone, admin, path):
    for client in (anyone, admin):
        for verb in ALL:
            answer = client.call(verb, path)
            assert answer.status_code in (401, 404, 405)


def test_no_api_but_this_one(anyone, admin, url):
    for path in ("/api", "/api/", "/api/v1", "/api/v3/test", "/api/v2.1/test"):
        for client in (anyone, admin):
            other = type(client)(url.removesuffix("/api/v2"), **client.headers)
            other.refuse(404, "NOT_FOUND", "GET", path)
