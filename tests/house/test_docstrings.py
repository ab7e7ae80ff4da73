"""What a docstring says of parameters is what the code takes."""

import importlib
import inspect
import pkgutil

import django
import pytest
from numpydoc.validate import validate

import telusur

django.setup()  # the office's modules hold models

#: Sections that are unknown or in disorder; parameters that are not there, in another order, or with a crooked colon.
#: What explains itself may be left out.
CHECKED = {"GL06", "GL07", "PR02", "PR03", "PR10"}


def modules():
    for module in pkgutil.walk_packages(telusur.__path__, "telusur."):
        if not module.name.rpartition(".")[2].startswith("_"):
            yield module.name


def public(module):
    """Give the dotted names of a module's own public classes, functions and methods."""
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
            continue
        if inspect.isclass(thing) or inspect.isfunction(thing):
            yield f"{module.__name__}.{name}", thing
        if inspect.isclass(thing):
            for inner, method in vars(thing).items():
                if inspect.isfunction(method) and not inner.startswith("_"):
                    yield f"{module.__name__}.{name}.{inner}", method


@pytest.mark.parametrize("name", sorted(modules()))
def test_parameters_are_documented_as_they_are(name):
    wrong = []
    for dotted, thing in public(importlib.import_module(name)):
        words = inspect.getdoc(thing) or ""
        if "\nParameters\n---" in words:
            wrong += [f"{dotted}: {code} {why}" for code, why in validate(dotted)["errors"] if code in CHECKED]
    assert not wrong, "\n".join(wrong)
