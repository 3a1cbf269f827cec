# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import shutil
from contextlib import suppress
from functools import partial

from odoo.api import Environment
from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.tools import config

from .auditing.table import drop_tables
from .auth.key_table import KEY_INDEX, KEY_SCOPE
from .limiting.statements import TABLE
from .observing.metric_folder import MetricFolder
from .orm.node_folder import node_folders
from .reading.export_slots import slots_path
from .settings import PREFIX

ADDON = "base_api"


def uninstall_hook(env: Environment) -> None:
    """Remove our keys from Odoo's table, our settings, files, and names of what we
    inherit.

    Nothing else accepts the keys. With the settings, a later installation would allow
    the same origins again, for example.
    """
    env.cr.execute("DELETE FROM res_users_apikeys WHERE scope = %s", [KEY_SCOPE])
    parameters = env["ir.config_parameter"]
    parameters.search(Domain("key", "=like", f"{PREFIX}%")).unlink()
    env.cr.execute(f"DROP INDEX IF EXISTS {KEY_INDEX}")
    env.cr.execute(f"DROP TABLE IF EXISTS {TABLE}")
    _inheritance_names(env).unlink()
    # Odoo would only drop the view.
    drop_tables(env.cr)
    env.cr.postcommit.add(partial(_remove_files, env.cr.dbname))


def _remove_files(database: str) -> None:
    """Remove the files about a database, of all nodes that share the data folder.

    A process that has one of them open goes on with it, and leaves nothing behind.
    """
    names = [
        os.path.basename(path)
        for path in (MetricFolder(database).path, slots_path(database))
    ]
    for folder in node_folders(config["data_dir"]):
        for name in names:
            path = os.path.join(folder, name)
            shutil.rmtree(path, ignore_errors=True)
            with suppress(OSError):
                os.unlink(path)


def _inheritance_names(env: Environment) -> BaseModel:
    """Return the external ids that other addons have for the parents of our models.

    Odoo gives one to each addon that extends such a parent, and removes only those of
    the addon that is uninstalled.
    """
    names = env["ir.model.data"]
    own = names.search(Domain("module", "=", ADDON) & Domain("model", "=", "ir.model"))
    parents = env["ir.model.inherit"].search(Domain("model_id", "in", _own_models(own)))
    return names.search(
        Domain("module", "!=", ADDON)
        & Domain("model", "=", "ir.model.inherit")
        & Domain("res_id", "in", parents.ids)
    )


def _own_models(names: BaseModel) -> list[int]:
    """Return the ids of the models that no other addon has an external id for."""
    ids = names.mapped("res_id")
    others = names.search(
        Domain("module", "!=", ADDON)
        & Domain("model", "=", "ir.model")
        & Domain("res_id", "in", ids)
    )
    return list(set(ids) - set(others.mapped("res_id")))
