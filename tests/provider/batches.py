"""What a request to send holds: one mail or up to a hundred, checked."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.provider.answers import Refused
from tests.provider.ledger import recipients
from tests.provider.settings import Settings
from tests.provider.validation import LARGEST, MOST_IN_BATCH, Mail, bare, check, check_in_batch


class Batch(NamedTuple):
    mails: list[Mail]
    errors: list[dict[str, object]]
    is_single: bool
    is_permissive: bool

    @property
    def recipients(self) -> int:
        return sum(1 for mail in self.mails for _ in recipients(mail))

    def said(self, ids: list[str]) -> dict[str, Any]:
        if self.is_single:
            return {"id": ids[0]}
        data = {"data": [{"id": each} for each in ids]}
        return {**data, "errors": self.errors} if self.is_permissive else data


NOTHING = Batch([], [], False, False)


def opened(path: str, headers: Mapping[str, str], body: bytes, settings: Settings) -> Batch:
    asked = _read(body)
    if path == "/emails":
        if len(body) > LARGEST:
            raise Refused(422, "validation_error", "A mail holds at most 40 MB.")
        check(asked, blocks_example=settings.blocks_example_addresses)
        batch = Batch([asked], [], True, False)
    else:
        batch = _batch(asked, headers.get("x-batch-validation", "strict"), settings.blocks_example_addresses)
    _check_domains(batch.mails, settings.domains)
    return batch


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        raise Refused(400, "validation_error", "The body is not JSON.") from None


def _batch(asked: Any, mode: str, blocks_example: bool) -> Batch:
    if mode not in ("strict", "permissive"):
        raise Refused(422, "validation_error", "x-batch-validation is strict or permissive.")
    if not isinstance(asked, list) or not 0 < len(asked) <= MOST_IN_BATCH:
        raise Refused(422, "validation_error", f"A batch is a list of 1 to {MOST_IN_BATCH} mails.")
    mails: list[Mail] = []
    errors: list[dict[str, object]] = []
    for index, mail in enumerate(asked):
        try:
            check_in_batch(mail, blocks_example=blocks_example)
            mails.append(mail)
        except Refused as refusal:
            if mode == "strict":
                raise
            errors.append({"index": index, "message": refusal.message})
    return Batch(mails, errors, False, mode == "permissive")


def _check_domains(mails: list[Mail], domains: Mapping[str, str]) -> None:
    for domain in {bare(mail["from"]).rpartition("@")[2].lower() for mail in mails}:
        if domains.get(domain) != "verified":
            raise Refused(403, "validation_error", f"The {domain} domain is not verified.")
