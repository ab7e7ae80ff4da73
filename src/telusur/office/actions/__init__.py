"""The acts of people in a case: one class each, with ``check()`` and ``execute()``.

The door
--------
Action
    What every act is made of.
action, actions
    One by its name; all of them. Modules of this folder are found by themselves;
    an `Action` is one with ``@register``.
"""

from telusur.office.actions.base import Action, action, actions, register

__all__ = ["Action", "action", "actions", "register"]
