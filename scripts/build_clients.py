# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make clients`: the packages of the clients, in the folder `dist`.

Their types describe the endpoints of a database with nothing but the addon.
"""

import api
import console
import paths
import python_client
import testbed
import typescript_client

FOLDER = paths.DIST


def main():
    paths.remove(FOLDER)
    FOLDER.mkdir()
    with testbed.serving(("minimal",), reuse=True) as odoo:
        admin = api.administrator(f"{odoo.url}/api/v2")
        key = admin.make_key(api.ADMINISTRATOR, name="Tests")
        variables = {"BASE_API_URL": admin.url, "BASE_API_KEY": key}
        typescript_client.build(FOLDER, variables)
    python_client.build(FOLDER)
    for file in sorted(FOLDER.iterdir()):
        console.say(f"dist/{file.name}: {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    console.main(main)
