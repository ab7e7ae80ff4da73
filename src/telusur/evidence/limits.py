"""What a worker that opens a foreign file may spend."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one worker process; whoever reaches one is stopped, and the bound is named to the user.

    Parameters
    ----------
    cpu_seconds
        Processor time.
    wall_seconds
        Time that the parent waits for the worker in all; its own work between two messages does not count.
    memory_bytes
        Address space.
    message_bytes
        Length of one message.
    output_bytes
        Length of all messages together.
    open_files
        Files open at once.
    """

    cpu_seconds: int = 30
    wall_seconds: float = 120.0
    memory_bytes: int = 1024 * _MIB
    message_bytes: int = _MIB
    output_bytes: int = 2048 * _MIB
    open_files: int = 64


@dataclass(frozen=True, slots=True)
class Budget:
    """What reading one archive may spend.

    Parameters
    ----------
    entries
        Members.
    depth
        Folders within folders. Archives within archives are never opened.
    ratio
        Unpacked over packed bytes of one member, for members larger than `ratio_from_bytes` unpacked.
    ratio_from_bytes
        See `ratio`.
    total_bytes
        Bytes unpacked in all.
    directory_bytes
        Size of a zip's central directory.
    """

    entries: int = 50_000
    depth: int = 32
    ratio: int = 100
    ratio_from_bytes: int = 10 * _MIB
    total_bytes: int = 2048 * _MIB
    directory_bytes: int = 32 * _MIB
