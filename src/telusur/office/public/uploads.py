"""Files that come in are hashed and let go: of none of them is a byte written anywhere."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from telusur.dossier.selfreport import Attached, Hashing

#: Files of one request, and bytes of all of them together.
MOST_FILES: Final = 20
MOST_BYTES: Final = 2 * 1024**3


class Hashed(InMemoryUploadedFile):
    """A file of which only name, size and hash were kept."""

    def __init__(self, attached: Attached) -> None:
        super().__init__(BytesIO(), None, attached.name, None, attached.size, None)
        self.attached = attached


class HashingUpload(FileUploadHandler):
    """Hash what comes in, and let it go."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._files = self._bytes = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._files += 1
        self._hashing = Hashing()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        """Take a chunk; nothing is handed on."""
        self._bytes += len(raw_data)
        if self._bytes > MOST_BYTES or self._files > MOST_FILES:
            self.request.too_much = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        self._hashing.take(raw_data)

    def file_complete(self, file_size: int) -> Hashed | None:  # noqa: ARG002 - Django's signature
        """Give what was kept of the file."""
        return Hashed(self._hashing.named(self.file_name or "")) if self.file_name else None
