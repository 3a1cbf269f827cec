# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A strict parser of multipart bodies.

werkzeug replaces bytes that it cannot decode by U+FFFD, which would be stored.
"""

from collections.abc import Callable
from typing import Any

from werkzeug.formparser import FormDataParser, MultiPartParser
from werkzeug.http import parse_options_header

from ..errors import InvalidMultipart

BYTES = "iso-8859-1"  # maps each byte to a character and back


class StrictFormDataParser(FormDataParser):
    """Parse `multipart/form-data` only, and refuse text in other encodings.

    :raise InvalidMultipart: naming the part, if its name can be read
    """

    def parse(
        self,
        stream: Any,
        mimetype: str,
        content_length: int,
        options: dict[str, Any] | None = None,
    ) -> tuple[Any, Any, Any]:
        parser = _Parser(
            self.stream_factory, self.max_form_memory_size, list, self.max_form_parts
        )
        texts: list[Any] = []
        files: list[Any] = []
        try:
            boundary = (options or {}).get("boundary", "").encode("ascii")
            if boundary:
                texts, files = parser.parse(stream, boundary, content_length)
        except UnicodeDecodeError as exc:
            # Only the headers are decoded here, as UTF-8 (RFC 7578, section 5.1).
            raise InvalidMultipart("The headers of a part are not UTF-8") from exc
        except ValueError:
            texts, files = [], []  # not multipart
        return stream, self.cls(texts), self.cls(files)


class _Parser(MultiPartParser):
    def __init__(
        self,
        stream_factory: Callable[..., Any],
        max_form_memory_size: int,
        cls: Any,
        max_form_parts: int,
    ) -> None:
        super().__init__(
            stream_factory, max_form_memory_size, cls, max_form_parts=max_form_parts
        )
        self._charsets: list[Any] = []  # of the parts with text, in their order

    def get_part_charset(self, headers: Any) -> str:
        _check_names(headers)
        self._charsets.append(super().get_part_charset(headers))
        return BYTES

    def start_file_streaming(self, event: Any, total_content_length: int) -> Any:
        _check_names(event.headers)
        return super().start_file_streaming(event, total_content_length)

    def parse(
        self, stream: Any, boundary: bytes, content_length: int
    ) -> tuple[Any, Any]:
        """Return `[(name, text)]` and `[(name, file)]`."""
        parts, files = super().parse(stream, boundary, content_length)
        texts = [
            (name, _decode(name, text.encode(BYTES), charset))
            for (name, text), charset in zip(parts, self._charsets, strict=True)
        ]
        return texts, files


def _decode(name: str, content: bytes, charset: str) -> str:
    try:
        return content.decode(charset)
    except UnicodeDecodeError as exc:
        raise InvalidMultipart(f"Part '{name}' is not {charset.upper()} text") from exc


def _check_names(headers: Any) -> None:
    """Refuse names and file names with a replacement character.

    `filename*` (RFC 5987) is percent-encoded: werkzeug decodes it after the header.
    """
    value = headers["content-disposition"]
    _value, names = parse_options_header(value)
    replaced = [name for name in names.values() if "\ufffd" in name]
    if replaced and "\ufffd" not in value and "%EF%BF%BD" not in value.upper():
        raise InvalidMultipart(f"The name '{replaced[0]}' of a part is not UTF-8")
