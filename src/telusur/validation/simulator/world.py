"""One simulated account: its people, devices, networks, rows and posts, and what was done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Literal, Protocol

import numpy as np

from telusur.domain.account import Platform
from telusur.domain.proposition import Proposition
from telusur.domain.snowflake import EPOCH_MS
from telusur.validation.simulator.mix import Draw, choose

Person = Literal["owner", "other", "intruder", "app"]
Change = Literal["password_changed", "email_changed", "phone_changed"]

OWNER: Final = "Pemilik Akun"
_OTHERS: Final = ("Anggota Keluarga", "Rekan Kantor", "Admin Kedua", "Admin Ketiga")
_MODELS: Final = tuple(f"Contoh {letter}{n}" for letter in "ABCDEFGH" for n in range(1, 6))
_CLIENTS: Final = ("Twitter for Android", "Twitter for iPhone", "Twitter Web App")
_SCHEDULER: Final = "Kalender Contoh"
_BEGINS: Final = datetime(2023, 11, 28, tzinfo=UTC)


class Texts(Protocol):
    """Where the words of posts come from: real ones at run time, invented ones in tests."""

    def owner(self, seed: int, n: int) -> list[str]:
        """Give `n` posts of one author, in time order."""

    def other(self, seed: int, n: int) -> list[str]:
        """Give `n` posts of another author, for the account of that seed."""


@dataclass(slots=True)
class Device:
    """A device; `cookie` is its lasting identifier, which a new installation changes."""

    cookie: str
    model: str
    client: str
    person: Person
    holder: str
    first: datetime
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A login or an active session."""

    at: datetime
    device: Device
    ip: str
    place: str
    login: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of what opens the account."""

    at: datetime
    what: Change
    device: Device | None
    ip: str
    old: str | None = None
    new: str | None = None


@dataclass(slots=True)
class Post:
    """A post; `text` is empty until words are put in."""

    at: datetime
    person: Person
    client: str
    contested: bool = False
    deleted: bool = False
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """An e-mail from the platform, or one that pretends to be."""

    at: datetime
    fact: str
    device: str | None = None
    ip: str | None = None
    forged: bool = False
    until: datetime | None = None


@dataclass(slots=True)
class World:
    """A simulated account and everything that is true of it."""

    seed: int
    draw: int
    truth: Proposition
    variant: str
    platform: Platform
    zone: timezone
    act_at: datetime
    export_at: datetime
    reported_on: date
    handle: str
    account_id: str
    reported_handle: str
    reported_id: str | None
    number_at: datetime | None = None
    devices: list[Device] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)
    apps: list[tuple[datetime, str]] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    claims: tuple[str, ...] = ()
    complaint_at: datetime | None = None
    sim: list[tuple[str, datetime | None, bool | None]] = field(default_factory=list)
    retention: timedelta = timedelta(days=90)
    locked_out: bool = False
    edited: Literal["", "removed", "added"] = ""
    acting: Device | None = None

    @property
    def post_id(self) -> str:
        """The number of the contested post, made when the address says it was."""
        made = self.number_at or self.act_at
        return str((int(made.timestamp() * 1000) - EPOCH_MS) << 22)


def world(drawn: Draw, seed: int, truth: Proposition | None = None) -> World:
    """Make one account.

    Parameters
    ----------
    drawn
        Values of the parameters.
    seed
        Same draw and seed, same account.
    truth
        Who acted; by the seed if left out, all alike often.
    """
    random = np.random.default_rng([2, drawn.seed, seed])
    chosen = truth if truth is not None else tuple(Proposition)[seed % len(Proposition)]
    variant, platform = choose(random, chosen)
    return _Maker(drawn, random, seed, chosen, variant, platform).made()


class _Maker:
    def __init__(
        self, drawn: Draw, random: np.random.Generator, seed: int, truth: Proposition, variant: str, platform: Platform
    ) -> None:
        self._p = drawn
        self._random = random
        zone = timezone(timedelta(hours=int(random.choice([7, 7, 8, 9]))))
        act = _BEGINS + timedelta(
            days=float(random.uniform(0, 75)),
            hours=float(random.normal(12, 4)) - zone.utcoffset(None).total_seconds() / 3600,
        )
        act = act.replace(microsecond=0)
        reported = act + timedelta(days=float(random.exponential(2.0)), hours=5)
        number = str(int(random.integers(10**14, 9 * 10**14)))
        handle = f"contoh_{int(random.integers(1000, 9999))}"
        self._w = World(
            seed, drawn.seed, truth, variant, platform, zone, act,
            export_at=act + timedelta(days=float(random.uniform(12, 40))),
            reported_on=reported.astimezone(zone).date(),
            handle=handle, account_id=number, reported_handle=handle, reported_id=number,
            retention=timedelta(days=drawn["retention_days"]),
        )  # fmt: skip
        self._models = list(random.permutation(_MODELS))
        self._schedules = False
        self._home = self._prefix()
        self._office = self._prefix()
        self._mobile = [self._prefix() for _ in range(round(drawn["mobile_prefixes"]))]

    # ---- dice ----

    def _yes(self, chance: float | str) -> bool:
        return bool(self._random.random() < (self._p[chance] if isinstance(chance, str) else chance))

    def _prefix(self) -> str:
        if self._yes("carrier_nat_shown"):
            return f"100.{int(self._random.integers(64, 128))}.{int(self._random.integers(0, 256))}"
        return f"198.{int(self._random.integers(18, 20))}.{int(self._random.integers(0, 256))}"

    def _ip(self, prefix: str) -> str:
        return f"{prefix}.{int(self._random.integers(1, 255))}"

    def _device(self, person: Person, holder: str, first: datetime, model: str | None = None) -> Device:
        cookie = "".join(self._random.choice(list("abcdef0123456789"), 16))
        made = Device(
            cookie, model or str(self._models.pop()), str(self._random.choice(_CLIENTS, p=[0.65, 0.2, 0.15])),
            person, holder, first,
        )  # fmt: skip
        self._w.devices.append(made)
        return made

    def _after_exponential(self, mean: float, least: float) -> float:
        return max(float(self._random.exponential(mean)), least)

    # ---- the account's ordinary life ----

    def made(self) -> World:
        """Give the account."""
        w = self._w
        self._owner_life()
        getattr(self, f"_{w.truth.value}")()
        self._clean()
        self._posts_of_owner()
        w.rows.sort(key=lambda row: row.at)
        w.changes.sort(key=lambda change: change.at)
        w.posts.sort(key=lambda post: post.at)
        w.notices.sort(key=lambda notice: notice.at)
        return w

    def _owner_life(self) -> None:
        w, p = self._w, self._p
        begun = w.act_at - timedelta(days=float(self._random.uniform(250, 900)))
        self._main = self._device("owner", OWNER, begun)
        ends = w.export_at
        if w.variant != "new_phone" and self._yes("new_phone_recently"):
            changed = w.act_at + timedelta(days=float(self._random.uniform(-60, 15)))
            self._use(self._main, w.act_at - timedelta(days=160), changed)
            self._main = self._device("owner", OWNER, changed)
            self._use(self._main, changed, ends)
        elif self._yes("application_reinstalled"):
            changed = w.act_at + timedelta(days=float(self._random.uniform(-90, 10)))
            self._use(self._main, w.act_at - timedelta(days=160), changed)
            self._main = self._device("owner", OWNER, changed, self._main.model)
            self._use(self._main, changed, ends)
        else:
            self._use(self._main, w.act_at - timedelta(days=160), ends)
        if self._yes("second_device"):
            second = self._device("owner", OWNER, begun + timedelta(days=30))
            self._use(second, w.act_at - timedelta(days=160), ends, share=p["second_device_share"])
        if self._yes("trip") or w.variant == "travelling":
            self._trip()
        if self._yes("credential_change_in_a_week"):
            self._change("password_changed", w.act_at - timedelta(days=float(self._random.uniform(0.2, 7))), self._main)
        if self._yes("harmless_app"):
            w.apps.append((w.act_at - timedelta(days=float(self._random.uniform(60, 600))), _SCHEDULER))
            self._schedules = w.platform == "x" and self._yes("owner_posts_by_app")

    def _networks(self, at: datetime) -> tuple[str, str]:
        """Give prefix and place of the owner's network at a time."""
        if self._yes("mobile_share"):
            return str(self._random.choice(self._mobile)), "Kota Contoh"
        local = at.astimezone(self._w.zone)
        working = local.weekday() < 5 and 8 <= local.hour < 16  # noqa: PLR2004 - office days and hours
        return (self._office if working else self._home), "Kota Contoh"

    def _use(
        self, device: Device, start: datetime, end: datetime, *, share: float = 1.0, prefix: str | None = None
    ) -> None:
        """Let a device be used between two times, with rows now and then."""
        rate = self._p["rows_a_day"] * share
        days = max((end - start) / timedelta(days=1), 0.0)
        for offset in sorted(self._random.uniform(0, days, self._random.poisson(rate * days))):
            at = start + timedelta(days=float(offset))
            hour = (
                float(np.clip(self._random.normal(13, 5), 0, 23.9))
                - self._w.zone.utcoffset(None).total_seconds() / 3600
            )
            at = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(hours=hour)
            if start <= at < end:
                network, place = (prefix, "Kota Contoh") if prefix else self._networks(at)
                self._row(at, device, network, place)

    def _row(
        self, at: datetime, device: Device, prefix: str, place: str = "Kota Contoh", *, login: bool = False
    ) -> Row:
        login = login or self._yes(0.15)
        row = Row(at.replace(microsecond=0), device, self._ip(prefix), place, login)
        self._w.rows.append(row)
        return row

    def _trip(self) -> None:
        w = self._w
        start = w.act_at - timedelta(days=float(self._random.uniform(0.3, 6)))
        end = start + timedelta(days=float(self._random.uniform(2, 10)))
        away = [self._prefix() for _ in range(2)]
        w.rows = [row for row in w.rows if not (start <= row.at < end and row.device is self._main)]
        for prefix in away:
            self._use(self._main, start, end, prefix=prefix)
        self._away = (start, end, away)

    def _change(
        self, what: Change, at: datetime, device: Device | None, *, old: str | None = None, new: str | None = None,
        ip: str | None = None,
    ) -> None:  # fmt: skip
        self._w.changes.append(Changed(at.replace(microsecond=0), what, device, ip or self._ip(self._home), old, new))

    def _acts(self, device: Device, person: Person, prefix: str | None = None, client: str | None = None) -> None:
        """Put the contested post there, and the row of the session that sent it."""
        w = self._w
        before = timedelta(minutes=float(self._random.exponential(12)) + 0.2)
        trip = getattr(self, "_away", None)
        if prefix is None and trip and trip[0] <= w.act_at < trip[1] and person == "owner":
            prefix = str(self._random.choice(trip[2]))
        network, place = (prefix, "Kota Contoh") if prefix else self._networks(w.act_at)
        if self._yes(0.85):
            self._row(w.act_at - before, device, network, place)
        w.acting = device
        if person == "owner" and client is None and self._scheduled():
            client = _SCHEDULER
        w.posts.append(
            Post(w.act_at, person, client or device.client, contested=True, deleted=self._yes("post_deleted"))
        )

    def _posts_by(self, person: Person, device: Device, start: datetime, end: datetime) -> None:
        w = self._w
        n = int(self._random.geometric(1 / self._p["runs_of_posts_by_other"]))
        span = (min(end, w.act_at + timedelta(days=4)) - start) / timedelta(hours=1)
        for hours in self._random.uniform(0, max(span, 0.5), n):
            w.posts.append(Post(start + timedelta(hours=float(hours)), person, device.client))

    def _posts_of_owner(self) -> None:
        w = self._w
        taken = [(post.at, post.person) for post in w.posts if post.person in {"other", "intruder"}]
        lockout = getattr(self, "_lockout", None)
        quiet = 800.0 if w.variant in {"dormant_revived", "sold_or_dormant"} else 0.0
        n = int(self._random.integers(90, 200))
        before = w.act_at - timedelta(days=quiet)
        gaps = self._random.exponential(1 / self._p["posts_a_day"], n)
        times = [before - timedelta(days=float(total)) for total in np.cumsum(gaps)]
        later = self._random.poisson(self._p["posts_a_day"] * min((w.export_at - w.act_at).days, 20))
        times += [w.act_at + timedelta(days=float(d)) for d in self._random.uniform(0.05, 20, later)]
        for at in times:
            if lockout and lockout[0] <= at < lockout[1]:
                continue
            if at < w.export_at and (not taken or w.truth is Proposition.OTHER_WITH_ACCESS or not quiet):
                owner_device = self._main if at >= self._main.first else w.devices[0]
                w.posts.append(
                    Post(at.replace(microsecond=0), "owner", _SCHEDULER if self._scheduled() else owner_device.client)
                )

    def _scheduled(self) -> bool:
        """Whether the owner sent a post with an application."""
        return self._schedules and self._yes(0.35)

    # ---- who did it ----

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

    # ---- what is left of it ----

    def _notice(self, at: datetime, fact: str, device: Device | None, *, sure: bool = False) -> None:
        if sure or self._yes("notice_sent"):
            self._w.notices.append(Notice(at, fact, device.model if device else None))

    def _clean(self) -> None:
        """Drop what lies after the export, and add the platform's notices of ordinary logins."""
        w = self._w
        w.rows = [row for row in w.rows if row.at < w.export_at]
        w.changes = [change for change in w.changes if change.at < w.export_at]
        if self._yes("known_login_notice"):
            known = [
                row for row in w.rows
                if row.device.person == "owner" and w.act_at - timedelta(days=14) <= row.at < w.act_at
                and w.act_at - row.device.first > timedelta(days=20)
            ]  # fmt: skip
            if known:
                row = known[int(self._random.integers(len(known)))]
                w.notices.append(Notice(row.at, "login_known_device_at", row.device.model, row.ip))


def fill(made: World, texts: Texts) -> None:
    """Put words into the posts: the owner's own, and those of whoever else writes."""
    owner = [post for post in made.posts if post.person in {"owner", "app"} and not post.contested]
    other = [post for post in made.posts if post.person in {"other", "intruder"} and not post.contested]
    for group, words in ((owner, texts.owner(made.seed, len(owner))), (other, texts.other(made.seed, len(other)))):
        # Where there are fewer words than posts, the oldest posts have none.
        for post, text in zip(group[-len(words) :] if words else [], words, strict=True):
            post.text = text


def contested(posts: Sequence[Post]) -> Post | None:
    """Give the contested post, if it ever existed."""
    return next((post for post in posts if post.contested), None)
