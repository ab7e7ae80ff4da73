"""An account's ordinary life: its owner's devices, networks, trips, rows, posts and notices."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

import numpy as np

from telusur.domain.account import Platform
from telusur.domain.proposition import Proposition
from telusur.validation.simulator.account import OWNER, Change, Changed, Device, Notice, Person, Post, Row, World
from telusur.validation.simulator.mix import Draw

_MODELS: Final = tuple(f"Contoh {letter}{n}" for letter in "ABCDEFGH" for n in range(1, 6))
_CLIENTS: Final = ("Twitter for Android", "Twitter for iPhone", "Twitter Web App")
_SCHEDULER: Final = "Kalender Contoh"
_BEGINS: Final = datetime(2023, 11, 28, tzinfo=UTC)


class Life:
    """The account's ordinary life, drawn step by step into a `World`; who did the act comes on top."""

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

    # ---- day by day ----

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
