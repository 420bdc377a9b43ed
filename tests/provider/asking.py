"""Mails, and ways to ask the stand-in."""

import time
from collections.abc import Callable
from typing import Any

import httpx


def asking(url: str, *, patience: float = 5) -> httpx.Client:
    """Somebody with a key; certificates, which nobody needs here, take longer to read than a test takes."""
    return httpx.Client(base_url=url, headers={"authorization": "Bearer re_1"}, timeout=patience, verify=False)


def a_mail(reference: str = "m1", **parts: Any) -> dict[str, Any]:
    return {
        "from": "Firm <updates@example.com>",
        "to": ["client@example.com"],
        "subject": "Warehouse losses",
        "text": "The van left at 06:12.",
        "tags": [{"name": "message", "value": reference}],
        **parts,
    }


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in a_mail().items() if name not in names}


def send(http: httpx.Client, reference: str = "m1", *, key: str = "", **parts: Any) -> httpx.Response:
    return http.post("/emails", json=a_mail(reference, **parts), headers={"idempotency-key": key} if key else {})


def send_all(http: httpx.Client, *mails: dict[str, Any], mode: str = "", key: str = "") -> httpx.Response:
    headers = {"x-batch-validation": mode, "idempotency-key": key}
    return http.post("/emails/batch", json=mails, headers={name: value for name, value in headers.items() if value})


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Status and name, once the answer has the shape of Resend's errors."""
    said = answer.json()
    assert said.keys() == {"statusCode", "name", "message"}
    assert said["statusCode"] == answer.status_code
    assert said["message"]
    return answer.status_code, said["name"]


def until(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.005)
