"""Where an office keeps its data: one folder, closed to others.

``TELUSUR_HOME`` names it; ``./telusur-office`` if it is not set. Django's settings read it when they are loaded.
"""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

#: The environment's names: where the data lies, and whether invented people may log in without a second factor.
HOME: Final = "TELUSUR_HOME"
DEMO: Final = "TELUSUR_DEMO"
_OWNER_ONLY: Final = 0o700
_OWNER_FILE: Final = 0o600
_KEY_BYTES: Final = 48


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of an office.

    Parameters
    ----------
    path
        The folder.
    demo
        Whether it is a trial with invented people.
    """

    path: Path
    demo: bool = False

    @classmethod
    def here(cls) -> Home:
        """Give the folder that the environment names."""
        return cls(Path(os.environ.get(HOME, "telusur-office")).absolute(), demo=os.environ.get(DEMO) == "1")

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.path / "office.sqlite3"

    @property
    def objects(self) -> Path:
        """Kept files, encrypted (`telusur.office.custody`)."""
        return self.path / "objects"

    @property
    def log_key(self) -> Path:
        """The key that signs the ledger."""
        return self.path / "log.key"

    @property
    def root_key(self) -> Path:
        """The key under which those of all cases are wrapped."""
        return self.path / "root.key"

    @property
    def head(self) -> Path:
        """What was signed last, outside the database: an older one that was put back is noticed by it."""
        return self.path / "head.note"

    @property
    def incoming(self) -> Path:
        """Where uploads lie until they are sealed."""
        return self.path / "incoming"

    @property
    def static(self) -> Path:
        """Style sheets and scripts as served."""
        return self.path / "static"

    def make(self) -> None:
        """Make the folder and its parts, for the owner alone."""
        for part in (self.path, self.objects, self.incoming, self.static):
            part.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)

    def sweep(self) -> None:
        """Remove what lay half-received or half-kept when the office was ended; only before it is served again."""
        beside = [*self.incoming.iterdir(), *self.path.glob(".*.part")]
        for left in beside:
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)

    def secret(self, name: str = "secret") -> str:
        """Give a secret of this office, made at first use and kept in the folder for the owner alone."""
        path = self.path / f"{name}.key"
        if not path.exists():
            self.make()
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_FILE)
            except FileExistsError:
                return path.read_text(encoding="ascii").strip()
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(_KEY_BYTES))
        return path.read_text(encoding="ascii").strip()
