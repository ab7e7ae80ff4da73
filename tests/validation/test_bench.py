"""The bench tells what it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

BENCH = Path(__file__).parent.parent.parent / "scripts" / "bench.py"


def run(*arguments):
    return subprocess.run([sys.executable, BENCH, *arguments], capture_output=True, text=True, check=False)


def test_absent_data_are_said_loudly(tmp_path):
    done = run("--data", tmp_path / "none.parquet")
    assert done.returncode == 2
    assert "is absent; name the development data with --data PATH" in done.stderr
    assert "Traceback" not in done.stderr


def test_data_that_do_not_suffice_are_said_too(tmp_path):
    path = tmp_path / "few.parquet"
    pl.DataFrame({"account": ["a"], "time": ["2023-01-01T09:35+07:00"], "text": ["b"]}).write_parquet(path)
    done = run("--data", path)
    assert done.returncode == 2
    assert "no account has enough posts" in done.stderr


@pytest.mark.long
def test_the_bench_prints_its_tables_on_invented_writers(tmp_path):
    from tracing.invented import table  # noqa: PLC0415 - only this one needs it

    path = tmp_path / "posts.parquet"
    table(44, 190).write_parquet(path)
    other = tmp_path / "other.parquet"
    table(12, 140, first=80).write_parquet(other)
    done = run("--data", path, "--seed", "1", "--other", other, "--repeats", "2")
    assert done.returncode == 0, done.stderr
    for words in (
        "plain n-gram cosine",
        "5 posts, look-alike impostor, stripped",
        "20 posts, look-alike impostor, stripped",
        "only 20 earlier",
        "another corpus",
        "least and most of the splits",
        "found and placed within 3 posts",
        "posts/s",
    ):
        assert words in done.stdout
