"""The tables of the office. The steps are the case; the rest are projections, people, and files.

Rows of steps and of readings are only ever added: triggers refuse anything else, but for a case that two people had
erased (`erasing`).
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Somebody who works here. ``username`` is what they log in with; ``title`` is what others see."""

    title = models.CharField(max_length=120, blank=True)
    #: Until when a passphrase that the administrator gave can be changed for one's own; none once it is one's own.
    given_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        """How Django names it."""

        verbose_name = "user"

    @property
    def person_id(self) -> str:
        """The opaque id under which steps name this person."""
        return f"u{self.pk}"

    @property
    def shown(self) -> str:
        """What others see of this person."""
        return self.title or self.username


class RoleHeld(models.Model):
    """That a person holds a role of a procedure, or of the office itself."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles_held")
    #: ``procedure/role``, or ``office/role``.
    role = models.CharField(max_length=80)

    class Meta:
        """Once each."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "role"], name="role_once")]


class Respondent(models.Model):
    """The person a case is about, established by an officer from the lawful roster.

    The NIP is shown masked, is never part of an address, and never goes to a log.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=160)
    nip = models.CharField(max_length=24, blank=True)
    status = models.CharField(max_length=20, blank=True)
    position = models.CharField(max_length=160, blank=True)
    unit = models.CharField(max_length=160, blank=True)
    address = models.TextField(blank=True)
    rank = models.CharField(max_length=40, blank=True)

    @property
    def person_id(self) -> str:
        """The opaque id under which steps name this person."""
        return f"r{self.pk}"


class Case(models.Model):
    """A case, as lists show it: what its steps come to. Written by `store` alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    #: ``2026/0007``; told to people, never guessed from.
    number = models.CharField(max_length=20, unique=True)
    procedure = models.CharField(max_length=40)
    stage = models.CharField(max_length=40, db_index=True)
    version = models.PositiveIntegerField(default=0)
    #: What it is about in a few words, without a person's name.
    subject = models.CharField(max_length=160)
    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="cases")
    incident = models.CharField(max_length=60, blank=True, db_index=True)
    assigned = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="assigned_cases")
    received_on = models.DateField()
    #: The next day on which a term ends; none where no term runs.
    due = models.DateField(null=True, blank=True)
    end = models.CharField(max_length=20, blank=True)
    #: What somebody asked and nobody answered yet (`asked.WAITING`); empty where nothing waits.
    waiting = models.CharField(max_length=20, blank=True, default="")
    changed_at = models.DateTimeField()

    class Meta:
        """Lists are by stage and by what is due."""

        ordering: ClassVar = ["due", "number"]
        indexes: ClassVar = [
            models.Index(fields=["end", "due", "number"]),
            models.Index(fields=["end", "stage", "due"]),
        ]


class StepRow(models.Model):
    """One step of a case file; only ever added."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    #: As `process.to_json` gives it.
    body = models.JSONField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    #: Number of its entry in the ledger.
    entry = models.BigIntegerField(null=True)

    class Meta:
        """In order; no number twice."""

        ordering: ClassVar = ["case_id", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="step_once")]


class Exhibit(models.Model):
    """A file that belongs to a case: sealed, kept unchanged by its hash. The step that added it holds the same hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exhibits")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    bytes = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    media_type = models.CharField(max_length=120)
    grade = models.CharField(max_length=1)
    supplied_by = models.CharField(max_length=20)
    added_at = models.DateTimeField()

    class Meta:
        """In order of arrival."""

        ordering: ClassVar = ["added_at", "name"]

    @property
    def evidence_id(self) -> str:
        """The id under which steps name it."""
        return str(self.pk)


class Letter(models.Model):
    """A letter as made: its bytes are kept encrypted, by their hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    #: SHA-256 of what it says as JSON, kept beside it.
    said = models.CharField(max_length=64, blank=True, default="")
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    made_at = models.DateTimeField()

    class Meta:
        """In order of making."""

        ordering: ClassVar = ["made_at"]


class Reading(models.Model):
    """That somebody opened a file or unmasked a number; only ever added."""

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="readings")
    what = models.CharField(max_length=120)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    #: Number of its entry in the ledger.
    entry = models.BigIntegerField(null=True)


class AccessCode(models.Model):
    """A one-time code from a served notice, by which a respondent enters; only its keyed hash is kept."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="access_codes")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class PortalAccess(models.Model):
    """How a respondent comes back: by the passphrase chosen with a code. Only its hash is kept, by Django's hasher."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="portal_access")
    secret = models.CharField(max_length=128)
    #: When it was chosen or withdrawn; sessions that began under an earlier one end.
    set_at = models.DateTimeField()


class PublicReport(models.Model):
    """A report from somebody without an account. Nothing says who; its code is kept as a keyed hash only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()
    #: What was told: act, address or handle, date, words.
    told = models.JSONField()
    #: SHA-256 over what was received, as the receipt shows it.
    receipt = models.CharField(max_length=64)
    state = models.CharField(max_length=20, default="received", db_index=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")

    class Meta:
        """Oldest first: nobody waits behind somebody who came later."""

        ordering: ClassVar = ["received_at"]


class ReportFile(models.Model):
    """A file that came with a report, sealed."""

    report = models.ForeignKey(PublicReport, on_delete=models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    bytes = models.BigIntegerField()
    media_type = models.CharField(max_length=120)


class ReportMessage(models.Model):
    """What reporter and office wrote to each other."""

    report = models.ForeignKey(PublicReport, on_delete=models.PROTECT, related_name="messages")
    from_office = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """In order."""

        ordering: ClassVar = ["at"]


class Sent(models.Model):
    """That a form was taken in, by its one-time token: sent twice, it is done once."""

    token = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(auto_now_add=True)
    #: Where the first sending led, so that the second leads there too.
    led_to = models.CharField(max_length=300, blank=True)
    #: A keyed hash of what was sent (`sending.mark`), so that whoever sends something else is told.
    digest = models.CharField(max_length=64, blank=True, default="")


class TracingRun(models.Model):
    """A tracing in the background: asked, running, done or failed, with how far it is."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tracing_runs")
    act = models.CharField(max_length=60)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT)
    asked_at = models.DateTimeField()
    #: What no step holds: the words of the post, the account's number.
    asked = models.JSONField(default=dict)
    #: Steps of the file when it was read; an act that was stated again since is traced again.
    file_version = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, default="waiting")
    #: Parts of a hundred.
    progress = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    #: The document `telusur.tracing/1`, once done.
    result = models.JSONField(null=True)

    class Meta:
        """Latest first."""

        ordering: ClassVar = ["-asked_at"]


class Erasing(models.Model):
    """A case that two people had erased: what is left of it. Only ever added."""

    case_id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=20)
    asked_by = models.CharField(max_length=60)
    approved_by = models.CharField(max_length=60)
    at = models.DateTimeField()
    #: Number of its entry in the ledger.
    entry = models.BigIntegerField()


class Office(models.Model):
    """The office itself: one row."""

    name = models.CharField(max_length=160)
    agency = models.CharField(max_length=160, blank=True)
    place = models.CharField(max_length=80, blank=True)
    zone = models.CharField(max_length=4, default="WIB")
    set_up_at = models.DateTimeField(null=True)


# Django looks for tables here alone; those of the audit are kept apart.
from telusur.office.audit import tables as tables  # noqa: E402, PLC0414
