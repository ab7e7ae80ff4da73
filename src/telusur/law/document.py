"""A file of the catalogue, read fast and, where something is wrong with it, with the line it stands on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from telusur.domain import marked_yaml
from telusur.domain.errors import BadInput, nearest
from telusur.law.conditions import Path

#: What the checker of models calls objects and arrays, as people write them.
_SHAPES: Final = {
    **dict.fromkeys(("list_type", "tuple_type"), "a list, each of its lines begun with a dash"),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), "fields, each as `name: value`"),
}

#: Folders below a catalogue's own, of which there are one or two.
_DEEPEST: Final = 5

Model = TypeVar("Model", bound=BaseModel)


@dataclass(slots=True)
class Document:
    """One file.

    Parameters
    ----------
    name
        The file within the catalogue, for the errors.
    text
        What it holds.
    """

    name: str
    text: str
    _marked: marked_yaml.MarkedYaml | None = field(default=None, repr=False)

    def marked(self) -> marked_yaml.MarkedYaml:
        """Read it again with lines; only a faulty file is worth the time.

        Raises
        ------
        BadInput
            If it is no YAML, or holds a key twice.
        """
        if self._marked is None:
            self._marked = marked_yaml.parse(self.text, self.name)
        return self._marked

    def problem(self, path: Path, message: str) -> BadInput:
        """Make an error that names file, line and field."""
        return self.marked().problem(path, message)

    def read(self, model: type[Model], *, lines: bool) -> tuple[Model | None, list[BadInput]]:
        """Read it as a model.

        Parameters
        ----------
        model
            The shape it must have.
        lines
            Whether to read with the slower reader, which also refuses keys that stand twice.

        Returns
        -------
        tuple
            The model, or ``None`` and every problem, each with its line.
        """
        try:
            value = self.marked().value if lines else marked_yaml.unmarked(self.text)
            # By way of JSON, so that lists and dates are taken while nothing else is converted.
            return model.model_validate_json(json.dumps(value)), []
        except ValidationError as error:
            return None, [self._told(model, found["loc"], found["type"], found["msg"]) for found in error.errors()]
        except BadInput as problem:
            return None, [problem]

    def _told(self, model: type[BaseModel], place: Path, kind: str, said: str) -> BadInput:
        if kind == "extra_forbidden":
            known = _fields_at(model, place[:-1])
            return self.problem(place, f"there is no such field here; {nearest(str(place[-1]), known)}")
        if kind == "missing":
            return self.problem(place, "this field is missing; add it")
        if kind in _SHAPES:
            return self.problem(place, f"expected {_SHAPES[kind]}")
        said = said.removeprefix("Value error, ")
        return self.problem(place, said[0].lower() + said[1:])


def _fields_at(model: type[BaseModel], path: Path) -> list[str]:
    """Give the names a mapping at a path may have."""
    current: type[BaseModel] = model
    for step in path:
        if isinstance(step, int):
            continue
        info = next(info for name, info in current.model_fields.items() if step in (name, info.alias))
        current = _model_in(info.annotation) or current
    return [info.alias or name for name, info in current.model_fields.items()]


def _model_in(annotation: object) -> type[BaseModel] | None:
    """Find the model in ``tuple[Model, ...]`` or ``Model | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found:
            return found
    return None


def walk(folder: Traversable, prefix: str = "") -> list[tuple[str, Traversable]]:
    """Give the YAML files of a folder and those below it, in order of name.

    Raises
    ------
    BadInput
        If one is no plain file, or folders hold each other without an end.
    """
    if prefix.count("/") > _DEEPEST:
        raise BadInput("folders are nested too deep; is one a link to itself? Take it away", where=prefix)
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        name = prefix + entry.name
        if entry.is_dir():
            found += walk(entry, f"{name}/")
        elif entry.name.endswith(".yaml"):
            if not entry.is_file():
                raise BadInput("is no plain file; put the file itself there, or take this away", where=name)
            found.append((name, entry))
    return sorted(found, key=lambda pair: pair[0])
