"""What the login page of a trial shows."""

from __future__ import annotations

from django import template

from telusur.office.demo.people import logins
from telusur.office.home import Home
from telusur.office.welcome import Login

register = template.Library()


@register.simple_tag
def demo_logins() -> tuple[Login, ...]:
    """Give the logins of the invented people; nothing outside a trial."""
    return logins() if Home.here().demo else ()
