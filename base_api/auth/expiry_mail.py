# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The mail to the owner of an API key that expires soon."""

from typing import Any

from odoo.tools import format_datetime, plaintext2html


def mail_expiry_warning(key: Any) -> None:
    """Send the mail, in the language and the time zone of the owner."""
    user = key.user_id
    env = key.with_context(lang=user.lang).env
    subject = env._("Your API key %(name)s expires soon", name=key.name)
    text = env._(
        "The API key “%(name)s” (%(prefix)s…) expires on %(date)s. Programs that "
        "use it will be refused from then on. Create or roll a key before that, in "
        "your preferences.",
        name=key.name,
        prefix=key.prefix,
        date=format_datetime(env, key.expiration_date, tz=user.tz or "UTC"),
    )
    key.env["mail.mail"].create(
        {
            "subject": subject,
            "body_html": plaintext2html(text),
            "email_to": user.email_formatted,
            "auto_delete": True,
        }
    )
