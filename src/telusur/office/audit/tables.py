"""The tables of the audit. All but the runs are only ever added to: what was said before stands beside what is said."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class AuditFacts(models.Model):
    """What an audit needs of a case beyond its steps. No page, list or search reads this; `extract` alone does.

    The last row of a case stands; rows before it were corrected.
    """

    case = models.ForeignKey("office.Case", on_delete=models.PROTECT, related_name="+")
    #: The contest, by the code that the office gives it.
    contest = models.CharField(max_length=20)
    #: An opaque letter within the contest: what it stands for is kept by no table.
    mark = models.CharField(max_length=2)
    #: Of the place, by the official code: ``31.71``.
    region = models.CharField(max_length=8)
    tie = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=10, blank=True)
    phase = models.CharField(max_length=20, blank=True)
    #: Random; with it the commitment in the ledger can be opened, and without it nobody can guess it.
    nonce = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        """In order of writing."""

        app_label = "office"
        ordering: ClassVar = ["pk"]


class AuditPlan(models.Model):
    """A plan of analysis, recorded in the ledger before it is used; a changed plan is a new one."""

    sha256 = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta:
        """In order of recording."""

        app_label = "office"
        ordering: ClassVar = ["pk"]


class AuditRun(models.Model):
    """An audit in the background: asked, running, done or failed, with what it found."""

    plan = models.ForeignKey(AuditPlan, on_delete=models.PROTECT, related_name="runs")
    asked_by = models.ForeignKey("office.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12, default="waiting")
    #: Parts of a hundred.
    progress = models.PositiveSmallIntegerField(default=0)
    #: Why it failed, in both languages.
    problem = models.JSONField(null=True)
    #: The document `telusur.balance/1`, once done.
    result = models.JSONField(null=True)
    #: What would be published: text by name of the file.
    files = models.JSONField(default=dict)
    #: The number that its release would have.
    number = models.PositiveIntegerField(default=0)

    class Meta:
        """Latest first."""

        app_label = "office"
        ordering: ClassVar = ["-pk"]


class AuditRelease(models.Model):
    """What was published, as it was published."""

    number = models.PositiveIntegerField(primary_key=True)
    files = models.JSONField()
    asked_by = models.CharField(max_length=60)
    approved_by = models.CharField(max_length=60)
    at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta:
        """Latest first."""

        app_label = "office"
        ordering: ClassVar = ["-number"]
