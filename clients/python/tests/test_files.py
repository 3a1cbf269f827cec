# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Binary fields, attachments and reports."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from faults import FaultyServer, answer, cut_answer, lose_answer

from base_api_client import (
    ApiError,
    AsyncClient,
    Client,
    ConnectionFailed,
    File,
    NotFound,
    Retries,
    ServerFailed,
)


def test_attachments(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "Übersicht 1.txt"
    path.write_bytes(b"one")
    attached = client.attach(
        path,
        ("two.csv", b"a,b"),
        ("three.bin", io.BytesIO(b"3"), "application/zip"),
        model="res.partner",
        record=1,
        description="Tests",
    )
    assert [item["name"] for item in attached][1:] == ["two.csv", "three.bin"]
    model = client["ir.attachment"]
    file = model.read_file(attached[0]["id"], "raw")
    assert file.content == b"one"
    assert file.name == path.name
    saved = file.save(tmp_path)
    assert saved.read_bytes() == b"one"
    assert client["ir.attachment"].count(id__in=[item["id"] for item in attached]) == 3
    model.delete([item["id"] for item in attached])


def test_uploads_are_repeated(faulty: FaultyServer, api_key: str) -> None:
    faulty.faults = [lose_answer, answer(503, Retry_After="0")]
    with Client(faulty.url, api_key=api_key, retries=Retries(2, 0.01)) as shaky:
        [attached] = shaky.attach(("a.txt", io.BytesIO(b"content")))
        assert attached["file_size"] == len(b"content")
        assert shaky["ir.attachment"].count(id__gt=attached["id"], name="a.txt") == 0
        assert len(faulty.to("/attachments")) == 3
        shaky["ir.attachment"].delete(attached["id"])


def test_a_broken_download_leaves_no_file(
    faulty: FaultyServer, client: Client, api_key: str, tmp_path: Path
) -> None:
    content = bytes(range(256)) * 1000
    [attached] = client.attach(("large.bin", content))
    target = tmp_path / "large.bin"
    faulty.faults = [cut_answer(100_000)]
    with Client(faulty.url, api_key=api_key) as shaky:
        model = shaky["ir.attachment"]
        with pytest.raises(ConnectionFailed):
            model.download(attached["id"], "raw", target)
        assert not list(tmp_path.iterdir())
        model.download(attached["id"], "raw", target)
    assert target.read_bytes() == content
    client["ir.attachment"].delete(attached["id"])


def test_binary_fields(client: Client) -> None:
    file = client["res.partner"].read_file("base.main_partner", "avatar_128")
    assert file.media_type.startswith("image/")
    with pytest.raises(NotFound) as caught:
        client["res.partner"].read_file("base.nothing", "avatar_128")
    assert caught.value.code == "RECORD_NOT_FOUND"


@pytest.mark.parametrize("name", ["../../x.txt", "/etc/x.txt", "x.txt"])
def test_names_of_files_stay_in_the_folder(tmp_path: Path, name: str) -> None:
    saved = File(b"x", name, "text/plain").save(tmp_path)
    assert saved == tmp_path / "x.txt"


def test_reports(client: Client) -> None:
    order = client["sale.order"].search(limit=1)[0]["id"]
    try:
        file = client.report("sale.report_saleorder", [order])
    except ServerFailed as error:
        assert error.code == "REPORT_UNAVAILABLE"  # a server without wkhtmltopdf
        return
    assert file.content.startswith(b"%PDF")


def test_unknown_reports(client: Client) -> None:
    with pytest.raises(ApiError) as caught:
        client.report("sale.nothing", 1)
    assert caught.value.code == "REPORT_NOT_FOUND"


@pytest.mark.anyio
async def test_async_files(url: str, api_key: str) -> None:
    async with AsyncClient(url, api_key=api_key) as client:
        [attached] = await client.attach(("a.txt", b"content"))
        file = await client["ir.attachment"].read_file(attached["id"], "raw")
        assert file.content == b"content"
        target = io.BytesIO()
        await client["ir.attachment"].download(attached["id"], "raw", target)
        assert target.getvalue() == b"content"
        await client["ir.attachment"].delete(attached["id"])
