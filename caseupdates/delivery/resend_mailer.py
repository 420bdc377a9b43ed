"""Resend, reached through its SDK; what its answers mean is in resend_answers."""

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import quote

import httpx
import resend
from anyio import to_thread
from resend.exceptions import ResendError
from resend.http_client_async import AsyncHTTPClient

from caseupdates.delivery.fates import Fate, Untold
from caseupdates.delivery.mishaps import log
from caseupdates.delivery.outcomes import Accepted, TryAgain
from caseupdates.delivery.parcels import Answer, Limits, Parcel
from caseupdates.delivery.resend_answers import fate_of, limits_of, meaning, outcomes_of, why_untold

API_URL = "https://api.resend.com"
MOST_DOMAINS = 100  # at once; docs/api-reference/pagination
TIMEOUT = httpx.Timeout(30, connect=10)  # seconds
NO_FILE = "Waiting for a file that goes with this mail: it cannot be read from this machine's disk."
WRITTEN = "written"  # our mails are text already: the SDK carries it in this place, our client takes it out


class ResendMailer:
    """Hands parcels to Resend; use it in `async with`, for it keeps connections open."""

    def __init__(self, api_key: str, *, api_url: str | None = None, opened: Callable[[str], str] = str) -> None:
        """`opened` makes of a frozen payload what Resend takes."""
        self._opened = opened
        self._api_key = api_key
        self._api_url = (api_url or API_URL).rstrip("/")
        self._client = KeptConnections()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.close()

    async def hand_over(self, parcel: Parcel) -> Answer:
        """Send the frozen payloads under the parcel's key; several are one request, of which the valid ones are taken."""
        try:
            body = await to_thread.run_sync(self._body, parcel)
        except OSError as error:
            log(f"Batch {parcel.batch_id}: a file of it cannot be read", error)
            return Answer(TryAgain(NO_FILE))
        self._point_the_sdk_here()
        try:
            return await (self._send_one(body, parcel) if len(parcel.letters) == 1 else self._send_all(body, parcel))
        except ResendError as error:
            return Answer(meaning(error), limits_of(error.headers) if error.headers else None)

    async def fate(self, provider_id: str) -> Fate | Untold:
        """How a mail fares that Resend took."""
        self._point_the_sdk_here()
        try:
            return fate_of(await resend.Emails.get_async(quote(provider_id, safe="")))
        except ResendError as error:
            return why_untold(error)

    async def domains(self) -> tuple[list[tuple[str, str]], Limits]:
        """The account's domains, each with its status ("verified"); raise ResendError."""
        self._point_the_sdk_here()
        found = await resend.Domains.list_async({"limit": MOST_DOMAINS})
        return [(str(each["name"]), str(each["status"])) for each in found["data"]], limits_of(found["http_headers"])

    async def _send_one(self, body: bytes, parcel: Parcel) -> Answer:
        mail = cast(resend.Emails.SendParams, {WRITTEN: body})
        sent = await resend.Emails.send_async(mail, {"idempotency_key": parcel.key})
        return Answer(Accepted(sent["id"]), limits_of(sent["http_headers"]))

    async def _send_all(self, body: bytes, parcel: Parcel) -> Answer:
        mails = cast(list[resend.Emails.SendParams], [{WRITTEN: body}])
        options: resend.Batch.SendOptions = {"idempotency_key": parcel.key, "batch_validation": "permissive"}
        sent = await resend.Batch.send_async(mails, options)
        return Answer(outcomes_of(sent, len(parcel.letters)), limits_of(sent["http_headers"]))

    def _body(self, parcel: Parcel) -> bytes:
        """The request's JSON, made of the payloads as they were frozen: nothing is taken apart and written anew."""
        mails = ",".join([self._opened(letter.payload) for letter in parcel.letters])
        return (mails if len(parcel.letters) == 1 else f"[{mails}]").encode()

    def _point_the_sdk_here(self) -> None:
        # The SDK has only globals. It reads them before it first waits, so mailers do not get in each other's way.
        resend.api_key, resend.api_url = self._api_key, self._api_url
        resend.default_async_http_client = self._client


class KeptConnections(AsyncHTTPClient):
    """The SDK's own client opens a connection for every mail; this one keeps them."""

    def __init__(self) -> None:
        self._http = httpx.AsyncClient(timeout=TIMEOUT)

    async def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        json: dict[str, object] | list[object] | None = None,
        files: dict[str, Any] | None = None,
        data: dict[str, str] | None = None,
    ) -> tuple[bytes, int, Mapping[str, str]]:
        body = _written(json)
        headers = {**headers, "content-type": "application/json"} if body else headers
        answer = await self._http.request(method, url, headers=headers, content=body, files=files, data=data)
        return answer.content, answer.status_code, answer.headers

    async def close(self) -> None:
        await self._http.aclose()


def _written(fields: Any) -> bytes | None:
    if not fields:
        return None
    body: bytes = (fields[0] if isinstance(fields, list) else fields)[WRITTEN]
    return body
