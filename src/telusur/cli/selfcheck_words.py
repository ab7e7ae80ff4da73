"""A question and a result of the self-check in lines for a terminal, Indonesian or English."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from telusur import law
from telusur.cli.rule_words import citation_line
from telusur.domain.text import Language, Text
from telusur.domain.when import day_words
from telusur.law.selfcheck import Question, Result, State

_OPENING = Text(
    "Pemeriksaan mandiri untuk {day}. Jawaban Anda tidak disimpan, dicatat, atau dikirim. Ini nasihat, bukan putusan.",
    "Self-check for {day}. Your answers are not stored, logged or sent. This is advice, no verdict.",
)
_BECAUSE = Text(
    "ditanyakan karena {n} aturan masih terbuka: {rules}", "asked because these {n} rules are open: {rules}"
)
_KEYS = Text("[?] tidak tahu   [b] kembali   [q] keluar", "[?] don't know   [b] back   [q] quit")
_SEVERAL = Text("boleh beberapa, dengan koma (1,3); [0] tidak satu pun", "several with commas (1,3); [0] none of them")
_UNTIL = Text("Yang membuatnya terkena", "What would make it meet a rule")
_WORSE = Text("Yang memperberat", "What would make it graver")
_SAFE_IF = Text("Aman bila", "Safe if")
_NOT_SAFE_IF = Text("Tidak aman bila", "Not safe if")
_IF = Text("bila", "if")
_MEETS = Text("memenuhi", "it would meet")
_INSTEAD = Text("Yang dapat dilakukan", "What can be done instead")
_READINGS = Text("Bacaan yang diterbitkan, berdampingan", "Published readings, side by side")
_UNKNOWN = Text("Belum diketahui", "Unknown")
_PRESUMED = Text("Dianggap tidak ada, karena tidak ditanyakan", "Taken as absent, since it was not asked")
_SHOWN = 8


def opening(state: State) -> Text:
    """Say what this is, of which day, and that nothing is kept."""
    day = day_words(state.day)
    return Text(_OPENING.id.format(day=day.id), _OPENING.en.format(day=day.en))


def question_lines(question: Question, number: int, language: Language) -> Iterator[str]:
    """Give a question with its options, and why it is asked; `number` 0 leaves the number out."""
    shown = ", ".join(question.rules[:_SHOWN]) + (", …" if len(question.rules) > _SHOWN else "")
    yield f"{f'{number}. ' if number else ''}{question.ask.in_language(language)}"
    yield f"   ({_BECAUSE.in_language(language).format(n=len(question.rules), rules=shown)})"
    for place, option in enumerate(question.options, 1):
        yield f"   [{place}] {option.words.in_language(language)}"
    if question.several:
        yield f"   {_SEVERAL.in_language(language)}"
    yield f"   {_KEYS.in_language(language)}"


def result_lines(result: Result, language: Language) -> Iterator[str]:
    """Give the answer in a sentence, where it stands, what would change it, and who reads it how."""

    def say(text: Text) -> str:
        return text.in_language(language)

    yield say(result.sentence)
    for one in result.rules:
        yield f"  {one.rule.id}: {say(one.rule.title)}"
        sources = ", ".join(source.id for source in one.rule.citation.sources)
        yield f"    {citation_line(one.rule.citation, language)} · {sources}"
    yield from _changes(result, say)
    for unknown in result.unknown:
        yield f"{say(_UNKNOWN)}: {say(law.label(unknown.fact))}"
        for heading, cases in ((_SAFE_IF, unknown.safe_if), (_NOT_SAFE_IF, unknown.not_safe_if)):
            if cases:
                yield f"  {say(heading)}: {'; '.join(say(case) for case in cases)}"
    yield from _readings(result, say)
    if result.alternative:
        yield f"{say(_INSTEAD)}: {say(result.alternative)}"
    if result.determination.presumed:
        yield f"{say(_PRESUMED)}: {', '.join(say(law.label(fact)) for fact in result.determination.presumed)}"


def _changes(result: Result, say: Callable[[Text], str]) -> Iterator[str]:
    if result.nearest:
        yield f"{say(_WORSE if result.determination.outcome == 'meets_rule' else _UNTIL)}:"
    for change in result.nearest:
        rules = "; ".join(f"{rule.id} ({say(rule.title)})" for rule in change.rules)
        yield f"  – {say(_IF)} {say(change.when)}, {say(_MEETS)} {rules}"
    if result.safe_if:
        yield f"{say(_SAFE_IF)}: {'; '.join(say(change.when) for change in result.safe_if)}"


def _readings(result: Result, say: Callable[[Text], str]) -> Iterator[str]:
    if result.readings:
        yield f"{say(_READINGS)}:"
    for issue in result.readings:
        yield f"  {say(issue.title)} ({say(law.label('bears_on', issue.bears_on))})"
        for reading in issue.readings:
            day = f", {say(day_words(reading.day))}" if reading.day else ""
            yield f"    – {say(reading.says)} — {reading.by}{day} [{reading.source.id}]"
