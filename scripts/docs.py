"""Keep the documents true: `python scripts/docs.py` writes into them what can be known and checks their links.

With ``--check`` nothing is written; what would have been is named, and the exit code is 1. A help text stands between
``<!-- help: telusur assess -->`` and ``<!-- end of help -->``, the list of decisions between ``<!-- decisions -->`` and
``<!-- end of decisions -->``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

_HELP = re.compile(r"(<!-- help: telusur((?: [a-z]+)*) -->\n).*?(<!-- end of help -->)", re.DOTALL)
_DECISIONS = re.compile(r"(<!-- decisions -->\n).*?(<!-- end of decisions -->)", re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_NOT_OURS = {".venv", ".git", "out", "build", "dist", ".cache"}


def documents(root: Path = ROOT) -> list[Path]:
    """Give every Markdown file of the project."""
    return sorted(
        path
        for path in root.rglob("*.md")
        if not any(part in _NOT_OURS or part.endswith("_cache") for part in path.relative_to(root).parts)
    )


def help_of(command: str) -> str:
    """Give a command's help as it prints on a plain screen of 100 columns."""
    program = Path(sys.executable).with_name("telusur")
    plain = {"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
    done = subprocess.run(  # noqa: S603  (our own command, named in our own document)
        [str(program), *command.split(), "--help"], capture_output=True, text=True, check=True, env=plain
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())


def with_help(text: str) -> str:
    """Give a document with each help text as it is now."""
    return _HELP.sub(
        lambda block: f"{block[1]}```text\n$ telusur{block[2]} --help\n{help_of(block[2])}\n```\n{block[3]}", text
    )


def with_decisions(text: str, folder: Path) -> str:
    """Give a document with the list of the decisions that lie beside it."""
    rows = [
        f"| {path.name[:4]} | [{path.read_text('utf-8').splitlines()[0].removeprefix('# ')}]({path.name}) |"
        for path in sorted(folder.glob("[0-9]*.md"))
    ]
    table = "\n".join(["", "| number | decision |", "|---|---|", *rows, "", ""])
    return _DECISIONS.sub(lambda block: block[1] + table + block[2], text)


def anchors(text: str) -> set[str]:
    """Give the anchors of a document's headings, as forges make them."""
    titles = _HEADING.findall(_CODE.sub("", text))
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def broken_links(document: Path) -> Iterator[str]:
    """Give each link of a document that leads nowhere within the project; links to other sites are not followed."""
    text = _CODE.sub("", document.read_text("utf-8"))
    for link in _LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists():
            yield f"{document}: {link}: there is no such file"
        elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text("utf-8")):
            yield f"{document}: {link}: there is no such heading"


def main(*, check: bool) -> int:
    """Write or check all documents; give the exit code."""
    problems: list[str] = []
    for document in documents():
        text = document.read_text("utf-8")
        fresh = with_decisions(with_help(text), document.parent)
        if fresh != text and check:
            problems.append(f"{document}: what is written into it is out of date; run `make docs`")
        elif fresh != text:
            document.write_text(fresh, "utf-8")
            print(f"{document}: written")
        problems += broken_links(document)
    print("\n".join(problems) or f"{len(documents())} documents are sound")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
