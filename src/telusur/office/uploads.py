"""How uploads come in: written to the office's own folder up to what a form takes; what goes beyond is let go."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from telusur.office.fields import FORM_LIMIT

#: Bytes of a request: from here on it is not read to its end, and refused as a whole.
MOST: Final = 4 * FORM_LIMIT
#: Characters of a file's ending; a longer one is none, and no file system takes any length.
_ENDING: Final = 16


class BoundedUpload(TemporaryFileUploadHandler):
    """Write what a form may take; of more only the size is kept, so that the form can say how much is too much.

    Forms refuse what is over their limit. A file of which not everything was written is refused once more where it
    would be sealed (`telusur.office.exhibits`), since its size is not that of what lies there.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bytes = 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002, N803 - Django's signature
        """Refuse at once what says itself that it is far too much."""
        if content_length > MOST:
            raise RequestDataTooBig

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        ending = PurePath(file_name).suffix
        name = file_name if len(ending) <= _ENDING else file_name[: len(file_name) - len(ending) + _ENDING]
        super().new_file(field_name, name, *args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a chunk; nothing is handed on."""
        self._bytes += len(raw_data)
        if self._bytes > MOST:
            raise RequestDataTooBig
        if self._bytes <= FORM_LIMIT:
            super().receive_data_chunk(raw_data, start)
