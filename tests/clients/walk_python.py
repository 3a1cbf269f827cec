# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A search, a create, a file and an error with the client of openapi-python-client."""

import os

import python_generic as generic
import python_models as models
from python_generic.api.binary import read_file
from python_generic.api.search import search_records
from python_generic.models import RecordPageAnswer, SearchRecordsFilters
from python_generic.types import File
from python_models.api.res_partner import (
    create_records_res_partner,
    read_record_res_partner,
    search_records_res_partner,
)
from python_models.models import (
    ResPartnerCreatedRecordOrDryRunAnswer,
    ResPartnerRecordPageAnswer,
    ResPartnerValues,
    SearchRecordsResPartnerFilters,
)

URL, KEY = os.environ["BASE_API_URL"], os.environ["BASE_API_KEY"]
HEADER = "api-key"


def main() -> None:
    any_model = generic.AuthenticatedClient(
        base_url=URL, token=KEY, prefix="", auth_header_name=HEADER
    )
    client = models.AuthenticatedClient(
        base_url=URL, token=KEY, prefix="", auth_header_name=HEADER
    )
    search_any(any_model)
    record_id = create(client)
    search(client, record_id)
    load_file(any_model)
    refuse(client)


def search_any(client: generic.AuthenticatedClient) -> None:
    filters = SearchRecordsFilters.from_dict({"type": "opportunity"})
    page = search_records.sync("crm.lead", client=client, limit=2, filters=filters)
    assert isinstance(page, RecordPageAnswer)
    assert len(page.data.records) == 2


def create(client: models.AuthenticatedClient) -> int:
    values = ResPartnerValues(name="openapi-python-client", is_company=True)
    created = create_records_res_partner.sync(client=client, body=values)
    assert isinstance(created, ResPartnerCreatedRecordOrDryRunAnswer), created
    assert isinstance(created.data.id, int)
    return created.data.id


def search(client: models.AuthenticatedClient, record_id: int) -> None:
    filters = SearchRecordsResPartnerFilters.from_dict({"id": str(record_id)})
    page = search_records_res_partner.sync(
        client=client, filters=filters, fields="name,is_company"
    )
    assert isinstance(page, ResPartnerRecordPageAnswer)
    [partner] = page.data.records
    assert (partner.name, partner.is_company) == ("openapi-python-client", True)


def load_file(client: generic.AuthenticatedClient) -> None:
    image = read_file.sync("res.partner", "1", "image_128", client=client)
    assert isinstance(image, File)
    assert len(image.payload.read()) > 100


def refuse(client: models.AuthenticatedClient) -> None:
    answer = read_record_res_partner.sync_detailed("999999999", client=client)
    assert answer.status_code == 404
    assert isinstance(answer.parsed, models.models.Error)
    assert answer.parsed.error.code == "RECORD_NOT_FOUND"


if __name__ == "__main__":
    main()
    print("openapi-python-client: searched, created, loaded a file, refused")
