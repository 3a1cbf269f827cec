# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Session tokens and API keys: generation, recognition and storage.

Both have 48 characters from `secrets` and are stored as SHA-256 only: slow hashes
protect guessable secrets, and 200 random bits cannot be guessed. Secret scanners can
recognise an API key: it consists of the prefix `oak_` (Odoo API key), 38 random
characters, and their CRC-32 in base 62, so that an invented key costs no query.
"""

import hashlib
import re
import secrets
import string
import zlib

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
TOKEN_LENGTH = 48
KEY_PREFIX = "oak_"
CHECKSUM_LENGTH = 6  # base-62 digits that hold 32 bits

_SESSION_TOKEN = re.compile(rf"[A-Za-z0-9]{{{TOKEN_LENGTH}}}")
# Keys created in Odoo's own dialog: 20 bytes in hex (res.users.apikeys._generate).
_ODOO_KEY = re.compile(r"[0-9a-f]{40}")


def _random(length: int) -> str:
    return "".join(secrets.choice(BASE62) for _ in range(length))


def _checksum(text: str) -> str:
    number = zlib.crc32(text.encode())
    digits = ""
    for _ in range(CHECKSUM_LENGTH):
        number, digit = divmod(number, 62)
        digits = BASE62[digit] + digits
    return digits


def generate_session_token() -> str:
    """Return a new session token: 48 characters A-Z a-z 0-9."""
    return _random(TOKEN_LENGTH)


def generate_api_key() -> str:
    """Return a new API key: 48 characters A-Z a-z 0-9 and `_`."""
    body = KEY_PREFIX + _random(TOKEN_LENGTH - len(KEY_PREFIX) - CHECKSUM_LENGTH)
    return body + _checksum(body)


def is_session_token(text: str) -> bool:
    """Tell whether `text` has the form of a session token."""
    return bool(_SESSION_TOKEN.fullmatch(text))


def is_api_key(text: str) -> bool:
    """Tell whether `text` has the form and the checksum of a key of this addon."""
    return (
        len(text) == TOKEN_LENGTH
        and text.startswith(KEY_PREFIX)
        and text[-CHECKSUM_LENGTH:] == _checksum(text[:-CHECKSUM_LENGTH])
    )


def is_odoo_key(text: str) -> bool:
    """Tell whether `text` has the form of a key of Odoo's own dialog."""
    return bool(_ODOO_KEY.fullmatch(text))


def hash_token(token: str) -> str:
    """Return the stored form of `token`: its SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()
