# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Estimate the time of Odoo's HTML sanitizer without running it.

`odoo.tools.mail.html_sanitize` usually takes at most a microsecond for a byte of HTML.
But some of its regular expressions and loops process the same text or elements again
and again: 400 kB of `<!--`, or 30 kB of empty paragraphs next to a quoted mail, take
more than a minute. This module counts such structures, in microseconds: products of
lengths and numbers with measured factors.
"""

import re
from typing import Any

from lxml import etree, html
from lxml.html import defs

SHORT = 200  # length of texts that are always fast
WIDE = 100  # minimum number of children of an element that is examined

# Embedded files cost little. Only after the name of an attribute, to match nothing
# else.
_DATA = re.compile(r"""\s[\w:-]+=["']data:[\w.+/-]+;base64,[A-Za-z0-9+/=]+""")
# Characters that html_normalize removes before parsing.
_ENCODING = re.compile(
    r"""(<[^>]*\s)(encoding=(["'][^"']*?["']|[^\s\n\r>]+)(\s[^>]*|/)?>)"""
)
_EMPTY_COMMENT = re.compile(r"(<!-->|<!--->)")
_OUTLOOK = re.compile(r"</?o:.*?>")
_TAG = re.compile(r"<[A-Za-z]")
_SEPARATOR = re.compile(r"[\s/\"']+")
_WORD = re.compile(r"[\w-]+")
_QUOTED = ("gmail_extra", "SkyDrivePlaceholder", "yahoo_quoted", "stopSpelling")
_CONTAINER = "data-o-mail-quote-container"
_DROPPED = frozenset(
    ("base", "body", "button", "embed", "form", "frame", "head", "html", "iframe")
    + ("input", "link", "meta", "noscript", "object", "option", "script", "select")
    + ("style", "textarea", "title")
)
_KEPT = (defs.tags - _DROPPED) | frozenset(
    "article bdi section header footer hgroup nav aside figure main".split()
)
_parser = html.HTMLParser(encoding="utf-8")
_wide_elements = etree.XPath(f"//*[count(node()) > {WIDE}]")
_styles = etree.XPath("//@style | //style/text()")
_quotations = etree.XPath("//text()[contains(., '\n>')]")


def html_work(text: str, most: int) -> tuple[Any, ...]:
    """Return the approximate time of the sanitizer in microseconds.

    :param most: limit above which the exact value does not matter
    :return: the time for the length, and for slow structures
    """
    if len(text) < SHORT:
        return len(text), 0
    markup = _DATA.sub("", text)
    plain = len(markup) + (len(text) - len(markup)) // 10 + 4 * markup.count("<")
    slow = _tags_work(text, markup) if plain <= most else 0
    if plain + slow <= most:
        # The time of the parser is bounded by that of the tags.
        slow += _tree_work(markup)
    return plain, slow


def _tags_work(text: str, markup: str) -> float:
    """Return the time for unclosed tags, and for tags with very many attributes.

    A regular expression scans from each `<` to the next `>`, and back to each
    `encoding=`; another one to the end of an `<o:`. The parser compares each attribute
    with the previous ones.
    """
    work = 0.0
    for part in text.split(">"):
        opened = part.count("<")
        if opened > 1 or len(part) > 1000:
            passes = opened * (1 + part.count("encoding=")) + part.count("<o:")
            work += passes * len(part) / 300
    for part in markup.split(">"):
        if len(part) > 1000 and (tag := _TAG.search(part)):
            attributes = len(_SEPARATOR.findall(part, tag.start()))
            work += attributes**2 / 80
    return work


def _tree_work(markup: str) -> float:
    """Return the time for elements, attributes and texts, by number and length."""
    try:
        tree = html.document_fromstring(_prepare(markup).encode(), parser=_parser)
    except etree.ParserError:  # it is empty
        return 0
    work = sum(map(_children_work, _wide_elements(tree)))
    for style in _styles(tree):
        word = max(map(len, _WORD.findall(style)), default=0)
        work += len(style) * style.lower().count("url(") / 400 + word**2 / 200
    for quotation in _quotations(tree):
        work += len(quotation) * quotation.count("\n>") / 400
    return work


def _prepare(markup: str) -> str:
    """Return a text as `odoo.tools.mail.html_normalize` passes it to the parser."""
    if "encoding=" in markup:
        markup = _ENCODING.sub("", markup)
    markup = _EMPTY_COMMENT.sub("<!-- -->", markup.replace("--!>", "-->"))
    return _OUTLOOK.sub("", markup) if "o:" in markup else markup


def _children_work(element: Any) -> float:
    """Return the time for the children of an element.

    Quoted mails are searched among the siblings of each element. The text of removed
    elements is appended to that of their neighbours.
    """
    children = list(element.iterchildren(etree.Element))
    number = len(children)
    marks = sum(map(_is_mark, children))
    if marks or element.get(_CONTAINER):
        return number**2 / 2
    dropped = sum(child.tag not in _KEPT for child in children)
    length = sum(len(child.text or "") + len(child.tail or "") for child in children)
    return dropped * length / 250


def _is_mark(element: Any) -> bool:
    names = element.get("class", "") + element.get("id", "")
    return any(mark in names for mark in _QUOTED) or "\n--" in (element.text or "")
