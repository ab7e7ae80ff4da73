"""Ended at any moment: never a row without a whole object, and what was left behind is swept and counted."""

from __future__ import annotations

from pathlib import Path

import pytest

#: Puts, moves and destroys until it is killed, in transactions with a row of another table as the office does it; then
#: all is looked at, and killed again. Prints what it found.
_KILLED = """
import hashlib
folder, kills, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)

def work(chance):
    v = vault_at(folder)
    db = v._db
    db.execute("CREATE TABLE IF NOT EXISTS act (case_id TEXT, sha256 TEXT, PRIMARY KEY (case_id, sha256))")
    while True:
        case = chance.choice("AB")
        held = db.rows("SELECT sha256 FROM act WHERE case_id = ?", (case,))
        what = chance.random()
        if what < 0.75 or not held:
            plain = chance.randbytes(chance.choice([0, 10, 70000, 1 << 20, (1 << 21) + 5]))
            with v.receive(io.BytesIO(plain)) as received, db.transaction():
                kept = v.keep(case, received)
                db.execute("INSERT OR IGNORE INTO act VALUES (?, ?)", (case, kept.sha256))
        elif what < 0.85:
            sha256 = chance.choice(held)[0]
            to = "B" if case == "A" else "A"
            with db.transaction():
                v.move(case, sha256, to)
                db.execute("DELETE FROM act WHERE case_id = ? AND sha256 = ?", (case, sha256))
                db.execute("INSERT OR IGNORE INTO act VALUES (?, ?)", (to, sha256))
        else:
            whole = chance.random() < 0.2
            sha256 = None if whole else chance.choice(held)[0]
            with db.transaction():
                destroyed = v.destroy(case, sha256)
                db.execute("DELETE FROM act WHERE case_id = ? AND (? OR sha256 = ?)", (case, whole, sha256 or ""))
            v.finish(destroyed)

orphans = unfinished = objects = 0
for kill in range(kills):
    child = os.fork()
    if not child:
        try:
            work(random.Random(seed * 1000 + kill))
        except BaseException as error:
            print("FAILED", repr(error), flush=True)
        os._exit(1)
    time.sleep(chance.uniform(0.01, 0.25))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "ended by itself"
    v = vault_at(folder)
    checked = v.check()
    assert checked.problems == (), checked.problems
    try:
        acts = set(v._db.rows("SELECT case_id, sha256 FROM act"))
    except Exception:
        acts = set()
    for case, sha256 in acts:
        with v.open(case, sha256) as reader:
            assert hashlib.file_digest(reader, "sha256").hexdigest() == sha256
    assert checked.objects == len(acts), (checked.objects, len(acts))
    swept = v.sweep()
    orphans += swept.orphans
    unfinished += swept.unfinished
    files = [path for path in (folder / "objects").rglob("*") if path.is_file()]
    assert len(files) == checked.objects, (len(files), checked.objects)
    assert v.check().notices == ()
    objects = max(objects, checked.objects)
    v._db.connection.close()
print(orphans, unfinished, objects)
"""


def killed(program, folder: Path, kills: int, seed: int) -> tuple[int, int, int]:
    one = program(_KILLED, folder, kills, seed)
    out, error = one.communicate(timeout=600)
    assert one.returncode == 0, out + error
    assert "FAILED" not in out
    orphans, unfinished, objects = map(int, out.split())
    return orphans, unfinished, objects


def test_killed_12_times_no_row_is_ever_without_its_object(tmp_path: Path, program):
    _, _, objects = killed(program, tmp_path, 12, 1)
    assert objects > 0


@pytest.mark.long
def test_killed_200_times_no_row_is_ever_without_its_object(tmp_path: Path, program):
    orphans, unfinished, objects = killed(program, tmp_path, 200, 2)
    assert objects > 0
    # Some of so many moments were such as leave something behind, or this test shows nothing.
    assert orphans > 0
    assert unfinished > 0
