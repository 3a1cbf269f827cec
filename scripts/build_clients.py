# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make clients`: the packages of the clients, in the folder `dist`.

Their types describe the endpoints of a database with nothing but the addon.
"""

import admin
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
        api = admin.Api(f"{odoo.url}/api/v2")
        variables = {"BASE_API_URL": api.url, "BASE_API_KEY": api.make_key()}
        typescript_client.build(FOLDER, variables)
    if python_client.exists():
        python_client.build(FOLDER)
    for file in sorted(FOLDER.iterdir()):
        console.say(f"dist/{file.name}: {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    console.main(main)
