# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException
from fastapi.security import APIKeyHeader
from pydantic import BaseModel

from odoo import api, fields, models

from odoo.addons.fastapi.dependencies import odoo_env

router = APIRouter()


class Partner(BaseModel):
    """What the endpoint answers: Odoo's values, of 6 fields."""

    id: int
    name: str | bool
    email: str | bool
    phone: str | bool
    is_company: bool
    city: str | bool
    country_id: Any


class NewPartner(BaseModel):
    name: str


class FastapiEndpoint(models.Model):
    _inherit = "fastapi.endpoint"

    app = fields.Selection(
        selection_add=[("bench", "Benchmark")], ondelete={"bench": "cascade"}
    )

    def _get_fastapi_routers(self):
        if self.app == "bench":
            return [router]
        return super()._get_fastapi_routers()


def caller_env(
    env: Annotated[api.Environment, Depends(odoo_env)],
    key: Annotated[str, Depends(APIKeyHeader(name="api-key"))],
):
    """Check the key as Odoo's own JSON-2 does; return the caller's environment."""
    user_id = env["res.users.apikeys"]._check_credentials(scope="rpc", key=key)
    if not user_id:
        raise HTTPException(401)
    env = env(user=user_id)
    return env(context=dict(env["res.users"].context_get()))


Env = Annotated[api.Environment, Depends(caller_env)]
COLUMNS = list(Partner.model_fields)


@router.get("/partners")
def list_partners(env: Env, limit: int = 10, offset: int = 0) -> list[Partner]:
    return env["res.partner"].search_read(
        [], COLUMNS, offset=offset, limit=limit, order="id"
    )


@router.get("/partners/{partner_id}")
def read_partner(env: Env, partner_id: int) -> Partner:
    return env["res.partner"].browse(partner_id).read(COLUMNS)[0]


@router.post("/partners", status_code=201)
def create_partner(env: Env, values: NewPartner) -> int:
    return env["res.partner"].create(values.model_dump()).id


@router.post("/partners/many", status_code=201)
def create_partners(env: Env, values: list[NewPartner]) -> list[int]:
    return env["res.partner"].create([value.model_dump() for value in values]).ids
