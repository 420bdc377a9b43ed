"""The demo's links as their mails name them, and browsers before them."""

from typing import NamedTuple

import httpx

from caseupdates import seals
from tests.attack.evidence import Evidence
from tests.browser.server import Server

REPORT = "Interim report.pdf"  # a file behind the demo's links


class Door(NamedTuple):
    """A link's address, and that of a file behind it."""

    path: str
    file: str

    def to(self, file_id: str) -> str:
        """The address of another file."""
        return f"{self.path}/files/{file_id}/any-name"


def door(server: Server, evidence: Evidence, name: str) -> Door:
    """The link that was mailed to name@example.com."""
    [seal] = evidence.all(
        "SELECT seal FROM link JOIN person ON person.id = person_id WHERE person.email = :email", email=f"{name}@example.com"
    )  # fmt: skip
    [file_id] = evidence.all("SELECT id FROM file WHERE name = :name", name=REPORT)
    path = f"/l/{seals.link_token(_key(server), seal)}"
    return Door(path, f"{path}/files/{file_id}/report.pdf")


def newest_code(server: Server, evidence: Evidence) -> str:
    """The code in the newest mail that brings one."""
    return seals.code(_key(server), evidence.all("SELECT seal FROM challenge ORDER BY id DESC")[0])


def visitor(server: Server, door: Door) -> str:
    """The `Cookie` header of a browser that has opened the address."""
    answer = httpx.get(server.url + door.path)
    assert answer.status_code == 200
    return f"visitor={answer.cookies['visitor']}"


def _key(server: Server) -> bytes:
    return (server.data / "secret.key").read_text().strip().encode()
