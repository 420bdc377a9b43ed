"""A made-up update and recipient: what a template is tried on, and previewed with where there is no case yet."""

from caseupdates import clock
from caseupdates.cases.models import Case
from caseupdates.files.models import File
from caseupdates.people.models import AccessLevel, Client, Person, PersonKind
from caseupdates.updates.models import Revision, Update

TITLE = "Two nights at the side gate"
BODY = (
    "Two vehicles at **02:14** and **03:05**, same route as on Tuesday.\n\n"
    "- Plates legible on the second\n- The gate was unlocked from inside\n\nWe recommend to go on until Friday."
)
NOTE = "Please read the second point before our call."


def recipient(*, can_sign_in: bool = True) -> Person:
    return Person(
        id=0, kind=PersonKind.CLIENT_CONTACT, name="Alex Sample", email="alex@example.com", role_id=0,
        access_level=AccessLevel.LIMITED, created_at=clock.now(), password_hash="" if can_sign_in else None,
    )  # fmt: skip


def update(body: str = BODY) -> Revision:
    """Never added to a session."""
    now, client = clock.now(), Client(id=0, name="Sample & Sons Ltd")
    case = Case(
        id=0, number="2026-0001", title="Losses at the warehouse", case_type="Surveillance", client_id=0, client=client,
        opened_at=now, last_activity_at=now,
    )  # fmt: skip
    author = Person(id=0, kind=PersonKind.EMPLOYEE, name="Robin Author", role_id=0, created_at=now)
    about = Update(id=0, case_id=0, author_id=0, created_at=now, case=case, author=author)
    return Revision(
        update_id=0, number=1, title=TITLE, body=body, access_group_id=0, written_by_id=0, written_at=now, update=about
    )


def files() -> tuple[File, ...]:
    sizes = {"Interim report.pdf": 1_400_000, "week-1.mp4": 64_000_000}
    return tuple(
        File(
            id=index,
            case_id=0,
            name=name,
            media_type="",
            size=size,
            sha256="",
            uploaded_by_id=0,
            uploaded_at=clock.now(),
        )
        for index, (name, size) in enumerate(sizes.items())
    )
