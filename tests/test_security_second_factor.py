# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Users with an authenticator app log in with its code, and with nothing less."""

import base64
import hmac
import struct
import time

import backstage
import pytest
from client import Client

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = 30  # seconds that a code is shown
PATH = "/auth/login"


def code(moment):
    """The code that an app shows at a moment (RFC 6238)."""
    counter = struct.pack(">Q", int(moment / STEP))
    digest = hmac.digest(base64.b32decode(SECRET), counter, "sha1")
    start = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 10**6:06}"


@pytest.fixture
def user(new_user):
    """A user who has just set up an app, and has not logged in since."""
    user = new_user()
    backstage.query(
        "UPDATE res_users SET totp_secret = %s WHERE id = %s", SECRET, user.id
    )
    return user


@pytest.fixture
def body(user):
    return {"username": user.login, "password": user.password}


def test_a_password_alone_is_not_enough(anyone, body):
    error = anyone.refuse(401, "MFA_REQUIRED", "POST", PATH, body)
    assert "totp" in error["message"]
    for nothing in (None, "", False, 0):
        sent = body | {"totp": nothing}
        anyone.refuse(401, "MFA_REQUIRED", "POST", PATH, sent)


def test_a_wrong_password_is_not_told_about_the_code(stranger, body):
    sent = body | {"password": "wrong", "totp": code(time.time())}
    stranger.refuse(401, "AUTH_FAILED", "POST", PATH, sent)
    sent.pop("totp")
    stranger.refuse(401, "AUTH_FAILED", "POST", PATH, sent)


def test_a_right_code_works_once(stranger, body):
    sent = body | {"totp": code(time.time())}
    session = stranger.log_in(**sent)
    session.get("/auth/me")
    stranger.refuse(401, "AUTH_FAILED", "POST", PATH, sent)


def test_a_code_may_be_sent_as_a_number(stranger, body):
    now = time.time()
    moment = next(now + shift for shift in (0, -STEP) if code(now + shift)[0] != "0")
    sent = body | {"totp": int(code(moment))}
    assert stranger.post(PATH, sent)["session_token"]


@pytest.mark.parametrize(
    "wrong", ["", "12345", "abcdef", "１２３４５６", [1], {"a": 1}, 1e9]
)
def test_a_wrong_code_fails(stranger, body, wrong):
    answer = stranger.call("POST", PATH, body | {"totp": wrong})
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] in ("AUTH_FAILED", "MFA_REQUIRED")


def test_an_old_code_fails(stranger, body):
    sent = body | {"totp": code(time.time() - 20 * STEP)}
    stranger.refuse(401, "AUTH_FAILED", "POST", PATH, sent)


def test_codes_cannot_be_tried_without_end(url, new_address, body):
    """Odoo counts them in the database: the address and the worker do not matter."""
    right = code(time.time())
    for attempt in range(5):
        sent = body | {"totp": f"{(int(right) + 1 + attempt) % 10**6:06}"}
        stranger = Client(url, source=new_address())
        stranger.refuse(401, "AUTH_FAILED", "POST", PATH, sent)
    sent = body | {"totp": code(time.time())}
    answer = Client(url, source=new_address()).call("POST", PATH, sent)
    assert answer.status_code in (401, 429)
