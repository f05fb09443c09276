"""Web pages packed as MIME HTML (.mht), as Excel and old HR systems save them under the name .xls (messiness A2)."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from typing import Final

HEAD: Final = 4096
_VERSION: Final = re.compile(rb"^MIME-Version:\s*1", re.IGNORECASE | re.MULTILINE)
_CONTENT: Final = re.compile(rb"^Content-Type:\s*(multipart/(related|mixed|alternative)|text/html)\b", re.I | re.M)


def is_mime(data: bytes) -> bool:
    """Whether ``data`` begins with the headers of a MIME message that holds a page."""
    head = re.split(rb"\r?\n\r?\n", data[:HEAD].lstrip(), maxsplit=1)[0]
    return bool(_VERSION.search(head) and _CONTENT.search(head))


def pages_of(data: bytes) -> list[tuple[bytes, str | None]]:
    """The HTML parts of a MIME message with the charset that their headers name; a workbook has one a sheet."""
    message = email.message_from_bytes(data.lstrip(), EmailMessage, policy=email.policy.compat32)
    pages = []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                pages.append((body, part.get_content_charset()))
    return pages
