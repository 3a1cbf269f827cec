# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A dry run of what sends a mail, with a mail server that would notice."""

import contextlib
import socket
import threading

from test_dry_run import counts, rehearsal


@contextlib.contextmanager
def mail_server():
    """Listen as a mail server that hangs up; yield the addresses that called."""
    callers = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer():
            with contextlib.suppress(OSError):
                while True:
                    line, address = door.accept()
                    callers.append(address)
                    line.close()

        threading.Thread(target=answer, daemon=True).start()
        yield door.getsockname()[1], callers
        door.shutdown(socket.SHUT_RDWR)


def test_no_mail_leaves(admin, unique):
    # An invitation is sent at once, not after the commit.
    address = f"{unique}@example.com"
    body = {"name": unique, "login": address, "email": address, "group_ids": [1]}
    with mail_server() as (port, callers):
        values = {"smtp_host": "127.0.0.1", "smtp_port": port, "sequence": 0}
        server = admin.create("ir.mail_server", values, name=unique)
        try:
            before = counts()
            data = rehearsal(admin, "POST", "/create/res.users", body)
            assert not callers
            assert counts() == before
            user = admin.create("res.users", body)
            assert callers
        finally:
            admin.delete("ir.mail_server", server)
    assert data["changes"][0]["after"]["login"] == address
    assert user != data["id"]
