"""How many mails a day and a month; each recipient counts."""

from datetime import UTC, datetime

from tests.provider.answers import Headers, Refused


class Quotas:
    def __init__(self) -> None:
        self._day = self._month = ""
        self.today = self.this_month = 0

    def take(self, count: int, now: float, daily: int | None, monthly: int | None) -> None:
        self._turn_the_page(now)
        if monthly is not None and self.this_month + count > monthly:
            raise Refused(429, "monthly_quota_exceeded", "The mails of this month are used up.")
        if daily is not None and self.today + count > daily:
            raise Refused(429, "daily_quota_exceeded", "The mails of today are used up.")
        self.today += count
        self.this_month += count

    def headers(self, now: float, daily: int | None) -> Headers:
        self._turn_the_page(now)
        month = {"x-resend-monthly-quota": str(self.this_month)}
        return month if daily is None else {"x-resend-daily-quota": str(self.today), **month}

    def reset(self) -> None:
        self.today = self.this_month = 0

    def _turn_the_page(self, now: float) -> None:
        day = f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d}"
        if day != self._day:
            self._day, self.today = day, 0
        if day[:7] != self._month:
            self._month, self.this_month = day[:7], 0
