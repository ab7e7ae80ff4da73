"""Who did it: what each proposition and variant leaves in an account, beside its owner's ordinary life."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from telusur.validation.simulator.account import OWNER, Device, Notice, Post
from telusur.validation.simulator.life import Life

_OTHERS: Final = ("Anggota Keluarga", "Rekan Kantor", "Admin Kedua", "Admin Ketiga")


class Deeds(Life):
    """One way to act for each proposition; the method of a proposition has its name."""

    def _owner(self) -> None:
        w = self._w
        variant = w.variant
        self._owner_claims()
        device, prefix = self._main, None
        if variant in {"new_phone", "staged_second_phone"}:
            device, prefix = self._new_phone(staged=variant == "staged_second_phone")
        elif variant == "vpn":
            prefix = self._prefix()
        elif variant == "moved_network":
            prefix = self._prefix()
            self._use(self._main, w.act_at - timedelta(days=2), w.export_at, prefix=prefix)
        self._acts(device, "owner", prefix)
        if variant == "staged_change":
            self._stage_change(device)
        if variant == "staged_edit":
            w.edited = "added" if self._yes("adds_rows") else "removed"
        if variant == "locked_out_claim":
            w.locked_out = True
        self._letters_of_owner()
        if "taken_over" in w.claims:
            self._guilty_complaint()

    def _owner_claims(self) -> None:
        w = self._w
        claiming = {"staged_change", "staged_edit", "staged_second_phone", "locked_out_claim", "gave_code_claim"}
        if w.variant == "admits":
            w.claims = ("admits",)
        elif w.variant in claiming:
            w.claims = ("taken_over", "lost_access") if w.variant == "locked_out_claim" else ("taken_over",)
        elif self._yes("denies"):
            w.claims = (str(self._random.choice(["taken_over", "not_mine", "shared_device"])),)

    def _new_phone(self, *, staged: bool) -> tuple[Device, str | None]:
        w = self._w
        begun = w.act_at - timedelta(days=float(self._random.uniform(0.1, 6.8)))
        fresh = self._device("owner", OWNER, begun)
        own = self._yes("second_phone_own_network") if staged else True
        prefix = None if own else self._prefix()
        if staged:
            # The old telephone goes on; the new one is put away once the post stands.
            self._row(begun, fresh, prefix or self._home, login=True)
            self._notice(begun, "login_new_device_at", fresh)
            return fresh, prefix
        w.rows = [row for row in w.rows if row.device is not self._main or row.at < begun]
        self._row(begun, fresh, self._home, login=True)
        self._notice(begun, "login_new_device_at", fresh)
        self._use(fresh, begun, w.export_at)
        self._main = fresh
        return fresh, None

    def _stage_change(self, device: Device) -> None:
        w = self._w
        early = self._yes("stages_before_act")
        at = w.act_at + timedelta(
            hours=-float(self._random.uniform(1, 48)) if early else float(self._random.uniform(2, 200))
        )
        self._change("password_changed", at, device)
        self._notice(at, "password_changed_at", device)
        if self._yes("email_changed"):
            self._change(
                "email_changed", at + timedelta(minutes=5), device, old="p***@contoh.example", new="q***@contoh.example"
            )
            self._notice(at + timedelta(minutes=5), "email_changed_at", device)

    def _guilty_complaint(self) -> None:
        w = self._w
        begins = datetime.combine(w.reported_on, datetime.min.time(), tzinfo=w.zone).astimezone(UTC)
        if self._yes("prepares_complaint"):
            w.complaint_at = w.act_at + (begins - w.act_at) * float(self._random.uniform(0.2, 0.95))
        elif self._yes("complains_after_report"):
            w.complaint_at = begins + timedelta(days=float(self._random.uniform(1, 8)))
        if w.complaint_at is not None and w.platform != "whatsapp":
            self._notice(w.complaint_at, "recovery_requested_at", None, sure=True)
            if self._yes("statement_of_no_change") and not any(
                abs(c.at - w.act_at) < timedelta(days=60) for c in w.changes
            ):
                w.notices.append(Notice(w.complaint_at, "no_credential_change_since", until=w.complaint_at))
        if self._yes("forges_mail"):
            at = w.act_at - timedelta(hours=float(self._random.uniform(2, 80)))
            w.notices.append(Notice(at, "password_changed_at", "Contoh Z9", self._ip(self._prefix()), forged=True))

    def _letters_of_owner(self) -> None:
        """Give the operator's answer for a number that nobody took."""
        w = self._w
        if w.platform != "whatsapp":
            return
        if self._yes("sim_replaced_by_owner"):
            w.sim.append(("sim_replaced_at", w.act_at - timedelta(days=float(self._random.uniform(0.5, 29))), True))
        else:
            w.sim.append(("no_sim_change_since", None, None))

    def _other_with_access(self) -> None:
        w, p = self._w, self._p
        w.claims = {
            "same_phone": ("shared_device",),
            "family_device": ("shared_device",),
            "office_account": ("office_account",),
            "lent_phone": ("lent",),
            "old_partner_session": ("not_mine",),
        }[w.variant]
        if not self._yes(0.75):
            w.claims = ("not_mine",)
        begun = w.act_at - timedelta(days=float(self._random.uniform(30, 500)))
        since = w.act_at - timedelta(days=160)
        if w.variant in {"same_phone", "lent_phone"}:
            device, prefix = self._main, None
        else:
            device = self._device("other", _OTHERS[0] if w.variant == "family_device" else _OTHERS[1], begun)
            prefix = self._home if w.variant == "family_device" else self._office
            if w.variant == "old_partner_session" or self._yes("other_uses_own_network"):
                prefix = self._prefix()
            share = p["others_share_of_rows"] * (2.0 if w.variant == "office_account" else 1.0)
            self._use(device, max(begun, since), w.export_at, share=share, prefix=prefix)
            if w.variant == "office_account" and self._yes(0.5):
                third = self._device("other", _OTHERS[2], begun)
                self._use(third, max(begun, since), w.export_at, share=share, prefix=self._office)
        self._acts(device, "other", prefix)
        self._posts_by("other", device, w.act_at - timedelta(hours=float(self._random.uniform(1, 60))), w.export_at)
        self._letters_of_owner()

    def _taken_over(self) -> None:
        w, p = self._w, self._p
        w.claims = (str(self._random.choice(["taken_over", "not_mine"], p=[0.8, 0.2])),)
        entered = w.act_at - timedelta(hours=self._after_exponential(p["entry_hours_before"], 0.2))
        prefix = str(self._random.choice(self._mobile)) if self._yes("known_prefix_by_chance") else self._prefix()
        model = self._main.model if self._yes("same_model") else None
        device = self._device("intruder", "", entered, model)
        device.listed = self._yes("intruder_listed")
        if self._yes("lure_kept"):
            w.notices.append(Notice(entered - timedelta(hours=3), "", forged=True))
        self._row(entered, device, prefix, "Kota Lain", login=True)
        self._notice(entered, "login_new_device_at", device)
        changed = w.variant in {"phished", "locked_out", "sold_or_dormant"} and self._lock_out(entered, device, prefix)
        locked = changed and self._yes("locked_out_when_changed")
        recovered = None
        if w.variant not in {"locked_out", "sold_or_dormant"} and (not locked or self._yes("recovered")):
            recovered = w.act_at + timedelta(days=self._after_exponential(p["recovery_days"], 0.2))
        end = min(recovered or w.export_at, w.export_at)
        days = (end - entered) / timedelta(days=1)
        for offset in self._random.uniform(0, days, self._random.poisson(p["intruder_rows_a_day"] * min(days, 12))):
            self._row(entered + timedelta(days=float(offset)), device, prefix, "Kota Lain")
        self._acts(device, "intruder", prefix)
        self._posts_by("intruder", device, entered, end)
        if locked or w.variant in {"locked_out", "sold_or_dormant"}:
            self._lockout = (entered, recovered or w.export_at)
            w.rows = [r for r in w.rows if r.device.person != "owner" or not entered <= r.at < self._lockout[1]]
        if recovered is not None and recovered < w.export_at and (changed or self._yes(0.6)):
            self._recover(recovered)
        w.locked_out = w.variant in {"locked_out", "sold_or_dormant"} or (locked and recovered is None)
        self._victim_complaint(entered)
        if w.platform == "whatsapp":
            self._letters_of_takeover()

    def _lock_out(self, entered: datetime, device: Device, prefix: str) -> bool:
        at = entered + timedelta(minutes=self._after_exponential(25, 2))
        changed = False
        if self._yes("email_changed"):
            self._change(
                "email_changed", at, device, old="p***@contoh.example", new="u***@lain.example", ip=self._ip(prefix)
            )
            self._notice(at, "email_changed_at", device)
            changed = True
        if self._yes("password_changed"):
            self._change("password_changed", at + timedelta(minutes=3), device, ip=self._ip(prefix))
            self._notice(at + timedelta(minutes=3), "password_changed_at", device)
            changed = True
        return changed

    def _recover(self, at: datetime) -> None:
        w = self._w
        self._row(at, self._main, self._home, login=True)
        self._change("password_changed", at + timedelta(minutes=4), self._main)
        if any(change.what == "email_changed" and change.new == "u***@lain.example" for change in w.changes):
            self._change(
                "email_changed",
                at + timedelta(minutes=7),
                self._main,
                old="u***@lain.example",
                new="p***@contoh.example",
            )

    def _victim_complaint(self, entered: datetime) -> None:
        w = self._w
        begins = datetime.combine(w.reported_on, datetime.min.time(), tzinfo=w.zone).astimezone(UTC)
        if self._yes("complains_before_report") and begins > w.act_at:
            w.complaint_at = w.act_at + (begins - w.act_at) * float(self._random.uniform(0.1, 0.95))
        else:
            w.complaint_at = max(begins, entered) + timedelta(days=float(self._random.uniform(0.5, 8)))
        if w.platform != "whatsapp":
            self._notice(w.complaint_at, "recovery_requested_at", None, sure=True)

    def _letters_of_takeover(self) -> None:
        w = self._w
        if w.variant == "sim_swap":
            at = w.act_at - timedelta(hours=self._after_exponential(20, 0.5))
            known = False if self._yes("sim_without_identity") else None if self._yes(0.6) else True
            w.sim.append(("sim_replaced_at", at, known))
        elif w.variant == "recycled_number":
            w.sim.append(
                ("number_reassigned_at", w.act_at - timedelta(days=float(self._random.uniform(20, 400))), None)
            )
        else:
            w.sim.append(("no_sim_change_since", None, None))

    def _impersonation(self) -> None:
        w = self._w
        w.claims = ("not_mine",)
        w.reported_id = str(int(self._random.integers(10**14, 9 * 10**14)))
        if w.variant == "lookalike_handle":
            place = int(self._random.integers(1, len(w.handle) - 1))
            w.reported_handle = w.handle[:place] + w.handle[place + 1 :]
        else:
            w.reported_handle = f"relawan_{int(self._random.integers(1000, 9999))}"
        w.posts.append(Post(w.act_at, "intruder", "", contested=True))

    def _fabricated(self) -> None:
        w = self._w
        w.claims = (str(self._random.choice(["fabricated", "not_mine"])),)
        if w.variant == "id_misfit":
            w.number_at = w.act_at + timedelta(
                days=float(self._random.choice([-1, 1])) * float(self._random.uniform(0.5, 300))
            )

    def _linked_app(self) -> None:
        w = self._w
        w.claims = (str(self._random.choice(["not_mine", "taken_over"])),)
        name = "Jadwal Contoh"
        age = float(self._random.uniform(0.3, 50)) if w.variant == "new_app" else float(self._random.uniform(90, 600))
        w.apps.append((w.act_at - timedelta(days=age), name))
        n = int(self._random.integers(2, 9)) if w.variant == "new_app" else int(self._random.integers(8, 30))
        span = min(age, 60.0)
        for offset in self._random.uniform(0, span, n):
            w.posts.append(Post(w.act_at - timedelta(days=float(offset)), "app", name))
        w.posts.append(Post(w.act_at, "app", name, contested=True))
