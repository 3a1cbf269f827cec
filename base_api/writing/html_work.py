# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How long Odoo's sanitizer takes for an HTML text, found out without running it.

`odoo.tools.mail.html_sanitize` takes at most a microsecond for a byte of HTML. But
some of its regular expressions and loops go over the same text, or the same elements,
again and again: 400 kB of `<!--` take more than a minute, and so do 30 kB of empty
paragraphs beside a quoted mail. What does so is counted here, in microseconds: products
of lengths and numbers, with factors that were measured.
"""

import re
from typing import Any

from lxml import etree, html
from lxml.html import defs

SHORT = 200  # characters that cannot take long
WIDE = 100  # children of one element from which on it is looked at

# The contents of files inside of HTML cost little. Only after the name of an attribute,
# so that nothing else is taken for one.
_DATA = re.compile(r"""\s[\w:-]+=["']data:[\w.+/-]+;base64,[A-Za-z0-9+/=]+""")
# Three that html_normalize removes before it parses.
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
    """Return about how many microseconds the sanitizer takes.

    :param most: from which number on it does not matter how much more it is
    :return: for the length, and for what makes it slow
    """
    if len(text) < SHORT:
        return len(text), 0
    markup = _DATA.sub("", text)
    plain = len(markup) + (len(text) - len(markup)) // 10 + 4 * markup.count("<")
    slow = _tags_work(text, markup) if plain <= most else 0
    if plain + slow <= most:
        # The parser takes no longer than the tags were found to.
        slow += _tree_work(markup)
    return plain, slow


def _tags_work(text: str, markup: str) -> float:
    """Return what tags take that are not closed, or have very many attributes.

    A regular expression goes from each `<` to the next `>`, and from there back to
    each `encoding=`; another one to the end of an `<o:`. The parser compares each
    attribute with those before.
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
    """Return what elements, attributes and texts take by their number and length."""
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
    """Return a text as `odoo.tools.mail.html_normalize` gives it to the parser."""
    if "encoding=" in markup:
        markup = _ENCODING.sub("", markup)
    markup = _EMPTY_COMMENT.sub("<!-- -->", markup.replace("--!>", "-->"))
    return _OUTLOOK.sub("", markup) if "o:" in markup else markup


def _children_work(element: Any) -> float:
    """Return what the children of an element take.

    Quotations of mails are looked for among the siblings of each. The text of elements
    that are not kept is added to that of their neighbours.
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
