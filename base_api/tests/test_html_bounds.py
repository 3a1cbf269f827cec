# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time

from odoo.tests import TransactionCase, tagged
from odoo.tools import html_sanitize

from odoo.addons.base_api.errors import InvalidValue
from odoo.addons.base_api.settings import BOUNDS
from odoo.addons.base_api.writing.html_work import html_work
from odoo.addons.base_api.writing.values import parse_values

from .batch_case import CREATE, BatchCase
from .bounds_case import BoundsCase

MOST = BOUNDS["max_html_bytes"]
SLOW = "<!--" * 100_000  # more than a minute
IMAGE = '<img src="data:image/png;base64,' + "iVBORw0K/+g4" * 100_000 + '">'

# What Odoo's sanitizer goes over again and again: what comes before, what is repeated,
# what comes behind.
REPEATED = {
    "comments": ("", "<!--", ""),
    "signs": ("", "<", ""),
    "tags": ("", "<a ", ""),
    "cdata": ("", "<![CDATA[", ""),
    "declarations": ("", "<!DOCTYPE ", ""),
    "instructions": ("", "<?", ""),
    "encodings": ("", "< encoding=a", ""),
    "encodings of one tag": ("<a", " encoding=a", ""),
    "outlook": ("", "<o:", ""),
    "attributes": ("<p", " a%d", ">x</p>"),
    "attributes with slashes": ("<p", "/a%d", ">x</p>"),
    "attributes in data": ('<p ="data:a/b;base64,', "a%d/", '">x</p>'),
    "quotations": ("<div><p class=gmail_extra></p>", "<p>", "</div>"),
    "quotation containers": ("<div data-o-mail-quote-container=1>", "<p>", "</div>"),
    "quoted siblings": ("", "<p class=yahoo_quoted>", ""),
    "signatures": ("<div>", "<p>\n-- <br></p>", "</div>"),
    "quoted lines": ("<p>", "\n>\na", "</p>"),
    "quoted lines as entities": ("<p>", "&#10;&gt;\na", "</p>"),
    "quoted lines without tags": ("", "\n>\na", ""),
    "unknown tags": ("", "<x>a</x>", ""),
    "forms": ("", "<form>a</form>", ""),
    "urls": ('<p style="', "url(", '">a</p>'),
    "words": ('<p style="', "a", '">a</p>'),
    "hidden by an encoding": ("<?xml encoding='utf-8'?><div>", "<x>a</x>", "</div>"),
    "hidden by a comment": ("<!-->", "<x>a</x>", ""),
    "hidden by a comment's end": ("<!-- --!>", "<x>a</x>", ""),
    "hidden by an outlook tag": ("<o:p a='>", "<x>a</x>", "'"),
}


def repeat(before, unit, behind, length):
    count = max(1, (length - len(before) - len(behind)) // len(unit))
    units = (unit % number if "%d" in unit else unit for number in range(count))
    return before + "".join(units) + behind


@tagged("post_install", "-at_install")
class TestHtmlWork(TransactionCase):
    def longest(self, parts, most):
        """Return the longest text of its kind that a bound allows."""
        length = 1000
        while sum(html_work(repeat(*parts, length * 11 // 10), most)) <= most:
            length = length * 11 // 10
            if length > most:
                break
        return repeat(*parts, length)

    def test_what_is_slow_is_found(self):
        for name, parts in REPEATED.items():
            with self.subTest(name=name):
                text = repeat(*parts, 1_000_000)
                self.assertGreater(sum(html_work(text, MOST)), MOST)

    def test_what_is_allowed_is_sanitized_in_about_a_second(self):
        """An absolute time, but five times as much as it takes on a slow machine.

        With a quarter of the bound, as the time is in proportion to it.
        """
        for name, parts in REPEATED.items():
            text = self.longest(parts, MOST // 4)
            for options in ({}, {"sanitize_attributes": True, "sanitize_style": True}):
                with self.subTest(name=name, options=options):
                    began = time.process_time()
                    html_sanitize(text, **options)
                    self.assertLess(time.process_time() - began, 5 / 4)

    def test_counting_takes_less_than_sanitizing(self):
        row = "<tr><td style='color:red'><p>Some <b>words</b> of a mail</p></td></tr>\n"
        text = f"<table>{row * 2000}</table>"
        began = time.process_time()
        self.assertLess(sum(html_work(text, MOST)), MOST)
        counted = time.process_time()
        html_sanitize(text)
        self.assertLess(counted - began, time.process_time() - counted)

    def test_ordinary_html_counts_as_its_bytes(self):
        row = "<tr><td style='color:red'><p>Some <b>words</b> of a mail</p></td></tr>\n"
        for text in (
            f"<table>{row * 2000}</table>",
            f'<div class="gmail_quote">{row * 1000}</div>',
            "<p>Some words</p>" * 3000,
            "<ul>" + "<li>Some words</li>" * 3000 + "</ul>",
            ("3 < 5, and no tag at all. " + "Some words. " * 20) * 50,
            "<p>3 < 5 and " + "some words " * 2000 + "</p>",
        ):
            with self.subTest(text=text[:40]):
                plain, slow = html_work(text, MOST)
                self.assertLess(plain, 2 * len(text))
                self.assertLess(slow, len(text))

    def test_images_count_little(self):
        plain, slow = html_work(f"<p>Look: {IMAGE} {IMAGE}</p>", MOST)
        self.assertGreater(plain, 2 * len(IMAGE) / 11)
        self.assertLess(plain + slow, 2 * len(IMAGE) / 9)

    def test_texts_that_lxml_refuses(self):
        for text in (" ", "<!-- x -->", "\x01", "<?xml?>", "é", "\ufffe", "\r"):
            with self.subTest(text=text):
                self.assertLess(sum(html_work(text * 300, MOST)), 6000 * len(text))


class TestHtmlBounds(BoundsCase, BatchCase):
    def assertSlow(self, response, pointer, start="comment: expected at most"):
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertIn(
            f"{start} {MOST} bytes of HTML (max_html_bytes)", error["message"]
        )
        [detail] = error["details"]
        self.assertEqual((detail["pointer"], detail["code"]), (pointer, "wrong_type"))
        self.assertLess(len(error["message"]), 500)

    def test_every_way_to_write(self):
        partner = self.env["res.partner"].create({"name": "API"})
        values = {"comment": SLOW}
        child = values | {"name": "API Child"}
        bulk, one = "/update/res.partner", f"/update/res.partner/{partner.id}"
        upsert, created = "/upsert/res.partner?key=ref", {"create": [child]}
        for method, path, body, pointer in [
            ("POST", CREATE, values | {"name": "API"}, "/comment"),
            ("POST", CREATE, [{"name": "API"}, values], "/1/comment"),
            ("PATCH", one, values, "/comment"),
            ("PATCH", bulk, {"ids": [partner.id], "values": values}, "/values/comment"),
            ("PATCH", bulk, [{"id": partner.id} | values], "/0/comment"),
            ("PUT", upsert, {"ref": "x"} | values, "/comment"),
            ("PATCH", one, {"child_ids": [[0, 0, child]]}, "/child_ids/0/2/comment"),
            ("PATCH", one, {"child_ids": created}, "/child_ids/create/0/comment"),
        ]:
            with self.subTest(path=path, pointer=pointer):
                response = self.call(method, path, self.clerk, json=body)
                self.assertSlow(response, pointer)

    def test_one_of_many(self):
        body = [{"name": "API Fast"}, {"name": "API Slow", "comment": SLOW}]
        response = self.post(f"{CREATE}?atomic=false", self.clerk, json=body)
        results = self.assertSuccess(response)["results"]
        self.assertEqual([result["status"] for result in results], [201, 422])

    def test_step_of_a_batch(self):
        response = self.batch(self.create_step("API", body={"comment": SLOW}))
        self.assertSlow(response, "/steps/0/body/comment")

    def test_multipart(self):
        files = {"name": (None, "API"), "comment": (None, SLOW)}
        self.assertSlow(self.post(CREATE, self.clerk, files=files), "/comment")

    def test_signature_of_a_user(self):
        path = f"/users/{self.clerk.id}"
        response = self.put(path, self.clerk, json={"signature": SLOW})
        self.assertSlow(response, "/signature", "signature: expected at most")

    def test_arguments_of_a_method(self):
        partner = self.env["res.partner"].create({"name": "API"})
        for body, pointer in [
            ({"args": [{"comment": SLOW}]}, "/args/0/comment"),
            ({"kwargs": {"vals": {"comment": SLOW}}}, "/kwargs/vals/comment"),
            ({"args": [[[SLOW]]]}, "/args/0/0/0"),
        ]:
            with self.subTest(pointer=pointer):
                body["ids"] = [partner.id]
                response = self.post("/call/res.partner/write", self.clerk, json=body)
                start = f"{pointer[1:]}: expected at most"
                self.assertSlow(response, pointer, start)

    def test_many_that_are_a_bit_slow_count_together(self):
        body = [{"name": "API", "comment": "<!--" * 5000} for _number in range(5)]
        response = self.post(CREATE, self.clerk, json=body)
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertIn("with the rest of the request", error["message"])
        places = [detail["pointer"] for detail in error["details"]]
        self.assertEqual(places, ["/3/comment", "/4/comment"])
        self.assertSuccess(self.post(CREATE, self.clerk, json=body[:2]), 201)

    def test_ordinary_html_is_written(self):
        comment = "<p>Some words</p>" * 3000 + IMAGE
        body = [{"name": "API Html", "comment": comment}] * 20
        headers = {"Prefer": "return=minimal"}
        response = self.post(CREATE, self.clerk, json=body, headers=headers)
        self.assertSuccess(response, 201)
        for partner in self.names_like("API Html"):
            self.assertIn("iVBORw0K/+g4iVBORw0K", partner.comment)

    def test_limit_is_a_setting(self):
        self.limit(max_html_bytes=100)
        response = self.post(
            CREATE, self.clerk, json={"name": "x", "comment": "y" * 200}
        )
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertIn("at most 100 bytes of HTML", error["message"])
        self.limit(max_html_bytes=0)
        parse_values(self.env["res.partner"], {"comment": SLOW})

    def test_properties(self):
        partner = self.env["res.partner"].create({"name": "API"})
        definition = [{"name": "a_html", "type": "html", "string": "A"}]
        partner.properties_base_definition_id.properties_definition = definition
        for value in ([{"name": "a_html", "value": SLOW}], {"a_html": SLOW}):
            for records in (partner, partner.browse()):
                with self.subTest(value=type(value), records=records):
                    with self.assertRaises(InvalidValue):
                        parse_values(records, {"properties": value})

    def test_definitions_of_properties(self):
        field = self.env["res.partner"]._fields["comment"]
        self.patch(field, "type", "properties_definition")
        for value in ([{"name": "a_html", "default": SLOW}], {"a_html": SLOW}):
            with self.subTest(value=type(value)):
                with self.assertRaises(InvalidValue):
                    parse_values(self.env["res.partner"], {"comment": value})

    def test_texts_that_are_no_html_may_be_long(self):
        body = {"args": ["x," * MOST], "kwargs": {"limit": 1}}
        response = self.post("/call/res.partner/name_search", self.clerk, json=body)
        self.assertSuccess(response)
