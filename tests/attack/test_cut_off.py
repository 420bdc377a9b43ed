"""A download under way ends when its window, its link or its reader's session does; what has gone out has gone out."""

import time

import pytest

from caseupdates.interface.streaming import RECHECK
from tests.attack.evidence import Evidence
from tests.attack.test_downloads import MB, SIZE, Download, content, downloads, linked
from tests.browser.server import Server

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("told_later")]

assert content  # the fixture

ENDS = {
    "the window closed": "UPDATE visit SET leased_until = begun_at",
    "left and locked": "UPDATE visit SET ended_at = begun_at",
    "the link was revoked": "UPDATE link SET revoked_at = created_at",
    "the person left the case": "UPDATE assignment SET ended_at = assigned_at",
}
AGAIN = (
    "UPDATE link SET revoked_at = NULL",
    "UPDATE assignment SET ended_at = NULL",
)


@pytest.mark.parametrize("end", ENDS)
def test_a_download_under_way_is_cut_off(server: Server, evidence: Evidence, content: bytes, end: str) -> None:
    with linked(server, evidence, content) as big:
        download = Download(server, big).take(MB)
        try:
            evidence.change(ENDS[end])
            time.sleep(2 * RECHECK)
            download.take(SIZE)
        finally:
            download.stop()
            for statement in AGAIN:
                evidence.change(statement)
    assert MB <= download.at < SIZE
    assert downloads(evidence, wanted=0) == 0
