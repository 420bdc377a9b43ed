"""The account at the stand-in: everything it knows and decides, in memory, without HTTP. Safe to use from any thread."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.provider import reading
from tests.provider.answers import Answer, Headers, Refused, done
from tests.provider.batches import NOTHING, Batch, opened
from tests.provider.events import Step
from tests.provider.faults import Faults
from tests.provider.idempotency import Keys
from tests.provider.ledger import Accepted, Ledger
from tests.provider.limiter import Limiter
from tests.provider.quotas import Quotas
from tests.provider.settings import Settings
from tests.provider.webhooks import Event, Webhooks


@dataclass
class Sending:
    """A request to send that is in progress."""

    batch: Batch
    key: str | None = None
    answer: Answer | None = None
    accepted: list[Accepted] | None = None


class Account:
    def __init__(self, *, clock: Callable[[], float] = time.time, **settings: object) -> None:
        self.lock = threading.RLock()
        self.settings = Settings()
        self.settings.change(settings)
        self._clock = clock
        self.reset()

    def reset(self) -> None:
        """Forget all that happened; the settings stay."""
        with self.lock:
            self.limiter, self.quotas, self.keys = Limiter(), Quotas(), Keys()
            self.faults, self.ledger, self.webhooks = Faults(), Ledger(), Webhooks()
            self.rules: dict[str, list[Step]] = {}
            self.tallies: Counter[str] = Counter()
            self.refusals: Counter[str] = Counter()
            self.batch_sizes: Counter[int] = Counter()
            self.in_progress = self.most_at_once = self.times_released = 0

    @property
    def now(self) -> float:
        return self._clock() + self.settings.clock_ahead

    @property
    def mails(self) -> list[Accepted]:
        with self.lock:
            return list(self.ledger.mails.values())

    def arrive(self, method: str) -> str:
        """Let a request in, or refuse it; the fault that is to befall it, or "" for none."""
        with self.lock:
            self.tallies["requests"] += 1
            self.limiter.let_in(self.now, self.settings.limit - self.settings.others)
            return self.faults.draw(method)

    def headers(self) -> Headers:
        with self.lock:
            now, told = self.now, self.settings
            return self.limiter.headers(now, told.limit, told.others) | self.quotas.headers(now, told.daily_quota)

    def refuse(self, refusal: Refused) -> Answer:
        with self.lock:
            self.refusals[refusal.name] += 1
            return refusal.answer

    def begin(self, path: str, headers: Mapping[str, str], body: bytes) -> Sending:
        """Take a request to send; it is in progress until `finish`, unless it is refused here."""
        with self.lock:
            reading.check_key(headers, self.settings, needs_all=False)
            key = headers.get("idempotency-key")
            if key is not None and (answer := self.keys.claim(key, path, body, self.now)):
                self.tallies["replays"] += 1
                return Sending(NOTHING, answer=answer)
            try:
                sending = Sending(self._taken(path, headers, body), key)
            except Refused:
                if key is not None:
                    self.keys.drop(key)
                raise
            self.in_progress += 1
            self.most_at_once = max(self.most_at_once, self.in_progress)
            if self.settings.accept_at == "arrival":
                self._accept(sending)
            return sending

    def finish(self, sending: Sending) -> Answer:
        with self.lock:
            if sending.answer:
                return sending.answer
            accepted = self._accept(sending)
            sending.answer = done(sending.batch.said([each.id for each in accepted]))
            self.in_progress = max(self.in_progress - 1, 0)
            if sending.key is not None:
                self.keys.keep(sending.key, sending.answer)
            return sending.answer

    def email(self, id: str, headers: Mapping[str, str]) -> Answer:
        with self.lock:
            reading.check_key(headers, self.settings, needs_all=True)
            return done(reading.email(id, self.ledger.mails, self.rules, self.now, self.settings.event_delay))

    def domains(self, query: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        with self.lock:
            reading.check_key(headers, self.settings, needs_all=True)
            return done(reading.domains(self.settings.domains, query))

    def due_events(self) -> list[Event]:
        with self.lock:
            return self.webhooks.take(self.now, self.settings)

    def settle_event(self, event: Event, is_taken: bool) -> None:
        with self.lock:
            self.webhooks.settle(event, is_taken, self.now, self.settings.webhook_speed)

    def _taken(self, path: str, headers: Mapping[str, str], body: bytes) -> Batch:
        batch = opened(path, headers, body, self.settings)
        self.quotas.take(batch.recipients, self.now, self.settings.daily_quota, self.settings.monthly_quota)
        return batch

    def _accept(self, sending: Sending) -> list[Accepted]:
        """At arrival or at the end, but once."""
        if sending.accepted is None:
            sending.accepted = self.ledger.add(sending.batch.mails, self.now, self.settings.keeps_bodies)
            self._note(sending.accepted, sending.batch)
        return sending.accepted

    def _note(self, accepted: list[Accepted], batch: Batch) -> None:
        self.tallies["mails"] += len(accepted)
        if not batch.is_single:
            self.batch_sizes[len(accepted)] += 1
        if self.settings.webhook_url:
            self.webhooks.expect(accepted, self.rules, self.settings.event_delay)
