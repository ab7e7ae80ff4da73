"""Case folders for the tests of the dossier room; respondents are roles, accounts are invented."""

from __future__ import annotations

import json
from pathlib import Path

CASE = """\
schema: telusur.case/1
id: K-001
incident:
  id: PERISTIWA-1
  order: undangan-1
reported_on: '2024-01-22'
contest:
  kind: president
respondent:
  status: pns
  name: Terlapor Satu
account:
  platform: x
  handle: '@contoh_akun'
  account_id: '1234'
acts:
- id: A1
  at: 2024-01-20T09:35+07:00
  date: '2024-01-20'
  text: Dukung paslon contoh
  url: https://x.com/contoh_akun/status/1
  evidence:
  - evidence/screenshot.png
  act:
    kind: post
    public: true
  target:
    kind: contestant
- id: A2
  at: 2024-01-21T23:30+09:00
  act.kind: attend_event
  actor:
    status: acting_head
statement:
  account_disputed: true
  claims:
  - taken_over
  text: Bukan saya.
  signed_after_particulars: true
sources:
- path: evidence/screenshot.png
  kind: screenshot
  supplied_by: reporter
- path: evidence/letter.txt
  kind: operator_letter
  supplied_by: authority
  facts:
    sim_replaced_at: {value: 2024-01-19T16:05+07:00, read_by: Pemeriksa 1}
    device_of: {value: seorang rekan, read_by: Pemeriksa 1}
- path: known/posts.jsonl
  kind: known_writing
  supplied_by: respondent
"""

KNOWN = [
    {"at": "2024-01-02T08:00:00.000Z", "text": "Selamat pagi 😀", "register": "post"},
    {"at": None, "text": "Dengan hormat", "register": "letter"},
]


def make(folder: Path, text: str | bytes = CASE) -> Path:
    """Make a case folder and give it."""
    for name in ("evidence", "known"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "case.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / "evidence" / "screenshot.png").write_bytes(b"\x89PNG")
    (folder / "evidence" / "letter.txt").write_text("Kartu diganti.")
    (folder / "known" / "posts.jsonl").write_text("".join(json.dumps(line) + "\n" for line in KNOWN))
    return folder


def changed(*changes: tuple[str, str]) -> str:
    """Give the sound case with some words exchanged, each of which must stand in it once."""
    text = CASE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
