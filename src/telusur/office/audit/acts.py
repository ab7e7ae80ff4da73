"""What an auditor does: record a plan, run an audit, publish a release with a second person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.db import transaction
from django.utils import timezone

from telusur import balance, process
from telusur.domain.text import Text
from telusur.office import policies, working
from telusur.office.actions.base import NotPermitted
from telusur.office.actions.second import confirmed_by
from telusur.office.audit import plans, releases, running
from telusur.office.audit.tables import AuditRun
from telusur.office.forms import Choice, Form, check_field, choice_field, line_field, words_field
from telusur.office.models import User

READ: Final = "balance.read"
APPROVE: Final = "balance.approve"


def apart(user: Any) -> bool:
    """Say whether a person may audit: holds the role for it, and none by which anybody reads or decides a case."""
    may = policies.of(user)
    return READ in may and "case.read" not in may


class AuditAct:
    """An act of an auditor.

    Parameters
    ----------
    user
        Who does it.
    """

    name: ClassVar[str]
    title: ClassVar[Text]
    does: ClassVar[Text]
    explains: ClassVar[Text]

    def __init__(self, user: User) -> None:
        self.user = user

    def fields(self) -> Mapping[str, forms.Field]:
        """Give the fields of the form."""
        return {}

    def initial(self) -> Mapping[str, object]:
        """Give what the form begins with."""
        return {}

    def form(self, data: Any = None) -> Form:
        """Give the form, empty or with what was sent."""
        kind = type("AuditForm", (Form,), dict(self.fields()))
        form = kind(data, initial=self.initial())
        assert isinstance(form, Form)
        return form

    def check(self) -> tuple[Text, ...]:
        """Say why it cannot be done now; empty where it can."""
        return ()

    def execute(self, cleaned: Mapping[str, Any]) -> None:
        """Do it.

        Raises
        ------
        NotPermitted
            If the person may not audit.
        process.Refused
            If it cannot be done now.
        """
        if not apart(self.user):
            raise NotPermitted
        if closed := self.check():
            raise process.Refused(closed)
        self._do(cleaned)

    def _do(self, cleaned: Mapping[str, Any]) -> None:
        raise NotImplementedError

    def done(self) -> Text:
        """Say what was done."""
        raise NotImplementedError


class RecordPlan(AuditAct):
    """Record what is compared with what, before the data are opened."""

    name = "rencana"
    title = Text("Catat rencana analisis", "Record the plan of analysis")
    does = Text("Catat rencana", "Record the plan")
    explains = Text(
        "Rencana menetapkan apa dibandingkan dengan apa, sebelum siapa pun melihat data. Sidiknya masuk buku besar. "
        "Rencana yang diubah adalah rencana baru; bila data sudah pernah dibuka, laporannya mengatakan demikian.",
        "A plan says what is compared with what before anybody sees the data. Its hash goes into the ledger. A changed "
        "plan is a new plan; where the data were opened before, the report says so.",
    )

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask for the plan."""
        return {
            "plan": words_field(
                ("Rencana (YAML)", "Plan (YAML)"),
                ("Yang bawaan dapat dipakai apa adanya.", "The one that is given can be used as it is."),
                rows=22,
            )
        }

    def initial(self) -> Mapping[str, object]:
        """Begin with the standing plan, or the template."""
        held = plans.standing()
        return {"plan": held.text if held else balance.template()}

    def _do(self, cleaned: Mapping[str, Any]) -> None:
        plans.record(cleaned["plan"].replace("\r\n", "\n").strip() + "\n", self.user.person_id)

    def done(self) -> Text:
        """Say what was done."""
        return Text("Rencana tercatat dalam buku besar.", "The plan is recorded in the ledger.")


class RunAudit(AuditAct):
    """Audit the cases as they stand."""

    name = "jalankan"
    title = Text("Jalankan audit", "Run the audit")
    does = title
    explains = Text(
        "Program membaca semua perkara kantor ini tanpa nama dan nomor, dan membandingkannya menurut rencana.",
        "The program reads all cases of this office without names and numbers, and compares them by the plan.",
    )

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask whether the long test is to run too."""
        return {
            "thresholds": check_field(
                ("Jalankan juga uji ambang", "Run the threshold test too"),
                (
                    "Samakah bukti yang diminta sebelum memeriksa? Beberapa menit; perlu 1.000 perkara diperiksa.",
                    "Is like evidence asked of all before examining? Some minutes; needs 1,000 examined cases.",
                ),
                required=False,
            )
        }

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        if plans.standing() is None:
            return (Text("Catat rencana analisis dulu.", "Record a plan of analysis first."),)
        if AuditRun.objects.filter(state__in=("waiting", "running")).exists():
            return (Text("Sebuah audit sedang berjalan.", "An audit is running."),)
        return ()

    def _do(self, cleaned: Mapping[str, Any]) -> None:
        plan = plans.standing()
        assert plan is not None
        with transaction.atomic():
            run = AuditRun.objects.create(plan=plan, asked_by=self.user, asked_at=timezone.now())
            running.ask(run, thresholds=cleaned["thresholds"])

    def done(self) -> Text:
        """Say what was done."""
        if not working.alive():
            return Text("Audit diminta; menunggu program pekerja hidup.", "The audit is asked for; the worker is down.")
        return Text("Audit diminta. Kemajuannya tampak di sini.", "The audit is asked for. Its progress is shown here.")


class Publish(AuditAct):
    """Publish the release of the last audit: two people, both present."""

    name = "terbitkan"
    title = Text("Terbitkan untuk umum (dua orang)", "Publish (two persons)")
    does = Text("Terbitkan", "Publish")
    explains = Text(
        "Yang terbit: laporan dalam dua bahasa, tabel CSV, dan release.json, sebagaimana disiapkan audit terakhir. "
        "Angka di bawah ambang ditahan. Yang terbit tidak dapat ditarik: salinannya ada pada siapa pun.",
        "What goes out: the report in two languages, CSV tables and release.json, as the last audit made them. Counts "
        "below the threshold are withheld. What is out cannot be taken back: anybody has copies.",
    )

    @property
    def run(self) -> AuditRun | None:
        """The last audit that came to its end."""
        return AuditRun.objects.filter(state="done").first()

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        run = self.run
        if run is None:
            return (Text("Belum ada audit yang selesai.", "No audit is done yet."),)
        if run.number == 0:
            return (
                Text(
                    "Perkaranya terlalu sedikit untuk diterbitkan: siapa yang dimaksud dapat ditebak.",
                    "There are too few cases to publish: who is meant could be guessed.",
                ),
            )
        if not releases.possible(run):
            return (
                Text(
                    "Audit terakhir sudah diterbitkan, atau dibuat sebelum terbitan terakhir; jalankan audit baru.",
                    "The last audit is published, or was made before the last release; run a new audit.",
                ),
            )
        return ()

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask for the second person and that person's own code."""
        people = User.objects.filter(is_active=True).exclude(pk=self.user.pk).order_by("pk")
        able = [one for one in people.prefetch_related("roles_held") if may_approve(one)]
        return {
            "second": choice_field(
                ("Orang kedua", "Second person"),
                [Choice(one.person_id, Text(one.shown, one.shown)) for one in able],
            ),
            "code": line_field(
                ("Kode orang kedua", "The second person's code"),
                (
                    "Orang kedua mengetik sendiri kode dari aplikasi autentikatornya: itu persetujuannya.",
                    "The second person types the code of his or her own authenticator: that is the consent.",
                ),
                max_length=128,
                strip=True,
            ),
            "read": check_field(
                ("Kami berdua membaca laporan yang akan terbit", "Both of us have read the report that is to go out"),
            ),
        }

    def _do(self, cleaned: Mapping[str, Any]) -> None:
        second = confirmed_by(cleaned["second"], cleaned["code"])
        if second.pk == self.user.pk or not may_approve(second):
            raise process.Refused((_ANOTHER,))
        run = self.run
        assert run is not None
        releases.publish(run, asked_by=self.user.person_id, approved_by=second.person_id)

    def done(self) -> Text:
        """Say what was done."""
        return Text("Sudah terbit untuk umum.", "It is published.")


def may_approve(user: User) -> bool:
    """Say whether a person may be the second one."""
    held = frozenset(one.role for one in user.roles_held.all())
    may = policies.May(held)
    return may.everywhere(APPROVE) and not may.procedures()


ACTS: Final[Mapping[str, type[AuditAct]]] = {one.name: one for one in (RecordPlan, RunAudit, Publish)}
_ANOTHER: Final = Text(
    "Orang kedua adalah orang lain, yang berwenang menyetujui dan tidak memutus perkara.",
    "The second person is another one, who may approve and decides no case.",
)
