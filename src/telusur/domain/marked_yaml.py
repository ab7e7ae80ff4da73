"""YAML read so that every value knows the line it stood on.

Times and dates stay the strings they were written as: a YAML library that turns them into values loses their zone
and precision. Aliases are refused, since ten lines of them can stand for a billion values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import yaml

from telusur.domain.errors import BadInput

Path = tuple[str | int, ...]

#: Deeper than any file of ours, shallower than Python's stack.
_MAX_DEPTH = 40

#: Bits of a whole number; Python writes out none of more than some thousand digits, and no fact is one of a hundred.
_LONGEST_NUMBER = 300


class _Loader(yaml.SafeLoader):
    """YAML without the implicit types that change what was written."""


# The C parser is some twenty times faster; where libyaml is absent, the result is the same.
_Base: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _FastLoader(_Base):  # type: ignore[misc]  # one of two classes, chosen where the program runs
    """The same by the parser in C."""


_Loader.yaml_implicit_resolvers = _FastLoader.yaml_implicit_resolvers = {
    first: [(tag, shape) for tag, shape in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class MarkedYaml:
    """A YAML document with the line of each of its values.

    Parameters
    ----------
    value
        Dictionaries, lists, strings, numbers, booleans and ``None``.
    lines
        1-based line by path, for instance ``("acts", 0, "at")``.
    name
        File it came from, as the user named it.
    """

    value: object
    lines: Mapping[Path, int]
    name: str

    def line(self, path: Path) -> int:
        """Give the line of a path, or of the nearest thing above it that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path, message: str) -> BadInput:
        """Give an error that names file, line and field."""
        return BadInput(message, where=self.name, line=self.line(path), field=dotted(path) or None)


def dotted(path: Path) -> str:
    """Write a path as people do: ``acts[0].at``."""
    words = ""
    for step in path:
        words += f"[{step}]" if isinstance(step, int) else f"{'.' if words else ''}{step}"
    return words


def parse(text: str, name: str) -> MarkedYaml:
    """Read one YAML document.

    Parameters
    ----------
    text
        The document.
    name
        File it came from, for the errors.

    Raises
    ------
    BadInput
        If it is not YAML, holds a key twice, an alias, a tag, a character that cannot be shown, or nests too deep.
    """
    lines: dict[Path, int] = {}
    loader: _Loader | None = None
    try:
        loader = _Loader(text)
        for event in _events(loader):
            line = event.start_mark.line + 1 if event.start_mark else None
            if isinstance(event, yaml.AliasEvent):
                raise BadInput("an alias (*name) stands here; write the value out", where=name, line=line)
            # A tag turns words into other values than they show, and some break the library's own constructors.
            if getattr(event, "tag", None) is not None:
                raise BadInput("a tag (!name) stands here; write the value without it", where=name, line=line)
        loader.dispose()
        loader = _Loader(text)
        root = loader.get_single_node()
        value = None if root is None else _value(loader, root, (), lines, name)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise BadInput(
            f"this is not YAML ({error.problem or error.context}); check indentation, colons and quotes",
            where=name,
            line=line,
        ) from None
    except yaml.reader.ReaderError as error:
        raise BadInput(
            f"the character U+{int(error.character):04X} stands in it and cannot be shown; remove it",
            where=name,
            line=text.count("\n", 0, error.position) + 1,
        ) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        line = loader.line + 1 if loader else None
        raise BadInput(f"this is not YAML ({str(error).splitlines()[0]})", where=name, line=line) from None
    finally:
        if loader is not None:
            loader.dispose()
    return MarkedYaml(value, lines, name)


def packaged(package: str, name: str) -> MarkedYaml:
    """Read a document that lies beside the code of a package.

    Parameters
    ----------
    package
        The package's name.
    name
        The file in it.
    """
    return parse(resources.files(package).joinpath(name).read_text("utf-8"), name)


def unmarked(text: str) -> object:
    """Give the values of a document of our own, without their lines and without the checks of `parse`, but fast.

    Raises
    ------
    yaml.YAMLError
        If it is not YAML.
    """
    return yaml.load(text, _FastLoader)  # noqa: S506 - a safe loader


def _events(loader: _Loader) -> list[yaml.Event]:
    events = []
    depth = 0
    while loader.check_event():
        event = loader.get_event()  # type: ignore[no-untyped-call]
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise yaml.composer.ComposerError(None, None, "nested too deep", event.start_mark)
        events.append(event)
    return events


def _value(loader: _Loader, node: yaml.Node, path: Path, lines: dict[Path, int], name: str) -> object:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise BadInput("a key must be one word", where=name, line=line)
            key = _whole(key_node.value, name, line)
            if key in mapping:
                raise BadInput(f"the key {key!r} stands twice; keep one", where=name, line=line)
            lines[(*path, key)] = line
            mapping[key] = _value(loader, value_node, (*path, key), lines, name)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, child, (*path, i), lines, name) for i, child in enumerate(node.value)]
    line = node.start_mark.line + 1
    try:
        value = loader.construct_object(node)
    except (ValueError, OverflowError):
        raise BadInput("this is not YAML (a number that cannot be read); quote it", where=name, line=line) from None
    if isinstance(value, int) and value.bit_length() > _LONGEST_NUMBER:
        raise BadInput("a number this long is none that is meant; quote it", where=name, line=line)
    return _whole(value, name, line) if isinstance(value, str) else value


def _whole(words: str, name: str, line: int) -> str:
    """Join the halves that JSON writes a character beyond U+FFFF in; a half alone is no text."""
    if words.isascii():
        return words
    try:
        return words.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise BadInput("half a character (a lone surrogate) stands here; remove it", where=name, line=line) from None
