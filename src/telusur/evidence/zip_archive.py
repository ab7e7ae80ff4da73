"""A zip read so that it can mean one thing only.

Two programs can read one damaged or crafted zip as two different sets of files. A record that may end a career must
not depend on which program was used, so whatever can be read in two ways is refused: two members of one name, members
that share bytes, a member's own header that differs from the directory, bytes before or after the archive
(PKWARE APPNOTE 6.3.10 for the layout; threats 1 to 9 of the hostile inputs that the tests list).
"""

from __future__ import annotations

import codecs
import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final, NoReturn

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.archive import Member, Refused, Spending, Stream, not_plain, shown, why_unsafe
from telusur.evidence.limits import Budget

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_LOCAL: Final = struct.Struct("<4s5H3I2H")
_END: Final = struct.Struct("<4s4H2IH")
_END64_LOCATOR: Final = struct.Struct("<4sIQI")
_END64: Final = struct.Struct("<4sQ2H2I4Q")
_COMMENT: Final = 0xFFFF
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_ENCRYPTED, _DESCRIPTOR, _STRONG, _UTF8 = 0x1, 0x8, 0x40, 0x800
_CHUNK: Final = 1 << 16
_METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_AGAIN: Final = Text(
    "unduhlah kembali, atau mintalah berkas seperti yang diberikan platform kepada pihak yang menyerahkan",
    "download it again, or ask the supplier for the file as the platform gave it",
)
_PACKED: Final = Text("data terkompresinya rusak", "its packed bytes are damaged")
_LONGER: Final = Text(
    "hasil ekstraknya lebih panjang daripada yang dinyatakannya", "it unpacks to more bytes than it states"
)
_UNFIT: Final = Text(
    "isinya tidak cocok dengan checksum atau panjang yang dinyatakannya",
    "its bytes do not fit their checksum or length",
)

# The name of a member of an old zip; a confined worker cannot load a codec any more.
codecs.lookup("cp437")


@dataclass(frozen=True, slots=True)
class _Directory:
    entries: int
    start: int
    size: int
    #: Where the records that end the archive begin.
    end: int


class _Borrowed(io.RawIOBase):
    """A file read through a descriptor that somebody else will close."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: os.fstat(self._descriptor).st_size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        found = os.pread(self._descriptor, len(view), self._at)
        view[: len(found)] = found
        self._at += len(found)
        return len(found)


class ZipArchive:
    """The members of a zip.

    Parameters
    ----------
    descriptor
        The file, open for reading.
    name
        What to call it in messages.
    budget
        What it may spend.

    Raises
    ------
    BadInput
        If it is no zip, truncated, password-protected, too large, or can be read in more than one way.
    """

    def __init__(self, descriptor: int, name: str, budget: Budget) -> None:
        self._name = name
        self._budget = budget
        self._spending = Spending(budget, name)
        self._size = os.fstat(descriptor).st_size
        self._file: IO[bytes] = io.BufferedReader(_Borrowed(descriptor))
        self.refused: list[Refused] = []
        self.members: list[Member] = []
        self._infos: dict[str, zipfile.ZipInfo] = {}
        #: Where each member's packed bytes begin, by where its header begins.
        self._data: dict[int, int] = {}
        self._check()

    def _bad(self, indonesian: str, english: str) -> NoReturn:
        raise BadInput(Text(indonesian, english), where=self._name) from None

    def _broken(self, indonesian: str, english: str) -> NoReturn:
        self._bad(f"{indonesian}; {_AGAIN.id}", f"{english}; {_AGAIN.en}")

    def _broken_directory(self) -> NoReturn:
        self._broken("adalah zip yang daftar isinya rusak", "is a zip whose directory is damaged")

    def _check(self) -> None:
        directory = self._directory()
        if directory.entries > self._budget.entries:
            self._bad(
                f"memuat {directory.entries} berkas; paling banyak {self._budget.entries} yang dibaca",
                f"holds {directory.entries} members; at most {self._budget.entries} are read",
            )
        if directory.size > self._budget.directory_bytes:
            megabytes = directory.size >> 20
            self._bad(
                f"memiliki daftar isi sebesar {megabytes} MB, terlalu besar untuk sebuah ekspor",
                f"has a directory of {megabytes} MB, too large to be an export's",
            )
        try:
            infos = zipfile.ZipFile(self._file).infolist()
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error, OverflowError):
            self._broken_directory()
        if len(infos) != directory.entries:
            self._broken(
                f"adalah zip yang menyatakan berisi {directory.entries} berkas, tetapi mendaftar {len(infos)}",
                f"is a zip that announces {directory.entries} members and lists {len(infos)}",
            )
        if any(info.flag_bits & (_ENCRYPTED | _STRONG) for info in infos):
            self._bad(
                "adalah zip yang dilindungi kata sandi; mintalah yang tanpa kata sandi kepada pihak yang menyerahkan, "
                "atau ekstraklah di hadapannya",
                "is a zip protected by a password; ask the supplier for one without, or unpack it before them",
            )
        self._refuse_ambiguity(infos, directory)
        for info in infos:
            self._admit(info)

    def _directory(self) -> _Directory:
        """Find the directory by the records that end the archive, and nothing else."""
        size = self._size
        if size == 0:
            self._bad("kosong (0 bita)", "is empty (0 bytes)")
        self._file.seek(0)
        head = self._file.read(4)
        start = max(0, size - _END.size - _COMMENT)
        self._file.seek(start)
        tail = self._file.read()
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or len(tail) - at < _END.size:
            if head == b"PK\x03\x04":
                self._broken(
                    "adalah zip yang terputus sebelum akhirnya (terpotong)",
                    "is a zip that breaks off before its end (truncated)",
                )
            self._bad("bukan zip dan bukan folder", "is no zip and no folder")
        _, disk, first_disk, here, entries, length, offset, comment = _END.unpack_from(tail, at)
        end = start + at
        if end + _END.size + comment != size:
            self._broken(
                "adalah zip dengan bita tambahan sesudah akhirnya", "is a zip with further bytes after its end"
            )
        if disk not in {0, _FULL16} or first_disk not in {0, _FULL16} or here != entries:
            self._bad(
                "adalah satu bagian dari zip yang dipecah; gabungkan dahulu semua bagiannya",
                "is one part of a zip that was split; join the parts first",
            )
        if entries == _FULL16 or _FULL32 in {length, offset}:
            end, entries, length, offset = self._zip64(end, entries, length, offset)
        if offset + length != end:
            self._broken(
                "adalah zip dengan bita yang bukan milik berkas mana pun di dalamnya, sehingga dua program dapat "
                "membacanya sebagai dua berkas yang berbeda, atau zip itu terpotong",
                "is a zip with bytes that belong to no member, so that two programs can read it as two different "
                "files, or it is truncated",
            )
        if entries and head != b"PK\x03\x04":
            self._broken(
                "tidak berawal seperti zip, tetapi berakhir seperti zip; dapat dibaca sebagai dua jenis berkas",
                "does not begin as a zip does but ends as one; it can be read as two kinds of file",
            )
        if not entries:
            self._bad("adalah zip yang kosong", "is an empty zip")
        return _Directory(entries, offset, length, end)

    def _zip64(self, end: int, entries: int, length: int, offset: int) -> tuple[int, int, int, int]:
        self._file.seek(max(0, end - _END64_LOCATOR.size))
        locator = self._file.read(_END64_LOCATOR.size)
        if not locator.startswith(b"PK\x06\x07") or len(locator) < _END64_LOCATOR.size:
            return end, entries, length, offset
        at = _END64_LOCATOR.unpack(locator)[2]
        if at > end:
            self._broken_directory()
        self._file.seek(at)
        record = self._file.read(_END64.size)
        if not record.startswith(b"PK\x06\x06") or len(record) < _END64.size:
            self._broken_directory()
        _, extent, *_, here, entries, length, offset = _END64.unpack(record)
        if at + 12 + extent != end - _END64_LOCATOR.size or here != entries:
            self._broken_directory()
        return at, entries, length, offset

    def _refuse_ambiguity(self, infos: list[zipfile.ZipInfo], directory: _Directory) -> None:
        seen: set[str] = set()
        for info in infos:
            if info.orig_filename in seen:
                name = shown(info.orig_filename)
                self._broken(
                    f"memuat dua berkas bernama {name}, sehingga salah satunya akan hilang",
                    f"holds two members named {name}, of which one would be lost",
                )
            seen.add(info.orig_filename)
        reached = 0
        for info in sorted(infos, key=lambda info: info.header_offset):
            name = shown(info.orig_filename)
            if info.header_offset < reached:
                self._broken(
                    f"memuat berkas-berkas yang memakai bita yang sama ({name})",
                    f"holds members that share bytes ({name})",
                )
            if info.header_offset > reached:
                self._broken(
                    f"memuat bita yang bukan milik berkas mana pun di dalamnya, sebelum {name}",
                    f"holds bytes that belong to no member, before {name}",
                )
            reached = self._end_of(info)
        if reached != directory.start:
            self._broken(
                "memuat berkas yang memakai bita yang sama dengan daftar isinya, atau bita yang bukan milik berkas "
                "mana pun di dalamnya",
                "holds members that share bytes with the directory, or bytes that belong to no member",
            )

    def _end_of(self, info: zipfile.ZipInfo) -> int:
        """Compare a member's own header with the directory, and give where the member ends."""
        self._file.seek(info.header_offset)
        header = self._file.read(_LOCAL.size)
        if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
            where = shown(info.orig_filename)
            self._broken(f"adalah zip yang rusak pada {where}", f"is a zip that is damaged at {where}")
        numbers: tuple[int, ...] = _LOCAL.unpack(header)[1:]
        _, flags, method, _, _, crc, packed, unpacked, name_length, extra_length = numbers
        written = self._file.read(name_length)
        name = written.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        later = bool(flags & _DESCRIPTOR)
        # Sizes that stand after the data are zero here; sizes beyond 4 GB stand in an extra field.
        differs = (
            name != info.orig_filename
            or method != info.compress_type
            or (flags ^ info.flag_bits) & (_ENCRYPTED | _STRONG | _UTF8)
            or (not later and (crc != info.CRC or {packed, info.compress_size} - {_FULL32} != {info.compress_size}))
            or (not later and {unpacked, info.file_size} - {_FULL32} != {info.file_size})
        )
        if differs:
            self._two_ways(info)
        start = info.header_offset + _LOCAL.size + name_length + extra_length
        self._data[info.header_offset] = start
        end = start + info.compress_size
        return end + (self._descriptor_length(end, info) if later else 0)

    def _two_ways(self, info: zipfile.ZipInfo) -> NoReturn:
        name = shown(info.orig_filename)
        self._broken(f"menerangkan {name} dengan dua cara yang berbeda", f"describes {name} in two ways that differ")

    def _descriptor_length(self, at: int, info: zipfile.ZipInfo) -> int:
        """Length of the sizes that follow a member's data: with or without signature, 32 or 64 bits each."""
        self._file.seek(at)
        found = self._file.read(24)
        widths = "Q" if max(info.compress_size, info.file_size) > _FULL32 else "IQ"
        bodies = [struct.pack(f"<I2{width}", info.CRC, info.compress_size, info.file_size) for width in widths]
        for body in (signature + body for body in bodies for signature in (b"PK\x07\x08", b"")):
            if found.startswith(body):
                return len(body)
        return self._two_ways(info)

    def _admit(self, info: zipfile.ZipInfo) -> None:
        name = info.orig_filename
        if name.endswith("/") and info.file_size == 0:
            return
        mode = info.external_attr >> 16
        unsafe = why_unsafe(name, self._budget.depth)
        if unsafe is None and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
            unsafe = not_plain(mode)
        if unsafe is None and info.compress_type not in _METHODS:
            unsafe = Text(
                "dikompresi dengan metode yang tidak dipakai ekspor", "it is packed by a method that exports do not use"
            )
        if unsafe is None and info.file_size > max(
            self._budget.ratio_from_bytes, info.compress_size * self._budget.ratio
        ):
            unsafe = Text(
                f"hasil ekstraknya akan lebih dari {self._budget.ratio} kali ukurannya (bom zip)",
                f"it would unpack to more than {self._budget.ratio} times its size (a zip bomb)",
            )
        if unsafe is not None:
            self.refused.append(Refused(shown(name), unsafe))
            return
        self._infos[name] = info
        self.members.append(Member(name, info.file_size))

    @contextmanager
    def open(self, name: str) -> Iterator[Stream]:
        """Open one of the members."""
        info = self._infos[name]
        yield _Unpacked(
            self._file, info, self._data[info.header_offset], self._spending, f"{self._name}: {shown(name)}"
        )


class _Unpacked:
    """A member's bytes as they unpack, counted and compared with their checksum.

    The standard library drops the last bytes of a member whose checksum is wrong; here all that unpacks is given
    before the damage is told, so that the records in it are not lost in silence.
    """

    def __init__(self, file: IO[bytes], info: zipfile.ZipInfo, start: int, spending: Spending, name: str) -> None:
        self._file = file
        self._info = info
        self._at = start
        self._packed_left = info.compress_size
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS) if info.compress_type == zipfile.ZIP_DEFLATED else None
        self._pending = b""
        self._crc = 0
        self._given = 0
        self._spending = spending
        self._name = name

    def read(self, size: int, /) -> bytes:
        try:
            found = self._unpack(size)
        except zlib.error:
            raise Damaged(_PACKED, where=self._name) from None
        self._given += len(found)
        self._crc = zlib.crc32(found, self._crc)
        if self._given > self._info.file_size:
            raise Damaged(_LONGER, where=self._name)
        if not found and (self._given != self._info.file_size or self._crc != self._info.CRC):
            raise Damaged(_UNFIT, where=self._name)
        self._spending.take(len(found))
        return found

    def _unpack(self, size: int) -> bytes:
        if self._inflater is None:
            return self._packed(size)
        while not self._inflater.eof:
            packed = self._pending or self._packed(_CHUNK)
            found = self._inflater.decompress(packed, size)
            self._pending = self._inflater.unconsumed_tail
            if found or not packed:
                return found
        return b""

    def _packed(self, size: int) -> bytes:
        # Members share one file, so each seeks to its own place.
        self._file.seek(self._at)
        found = self._file.read(min(size, self._packed_left))
        self._at += len(found)
        self._packed_left -= len(found)
        return found


class Damaged(BadInput):
    """Packed bytes that do not unpack to what their checksum and length say."""
