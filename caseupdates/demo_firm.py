"""Who and what the demo firm is; `demo.load` puts it into a database."""

from caseupdates.cases.models import Group
from caseupdates.people import roles
from caseupdates.people.models import AccessLevel

PASSWORD = "case-updates-demo"  # noqa: S105 (printed at the start and in the README)
MAIN_CASE = "2026-0142"
SIGN_INS = {
    "administrator": "everything, settings too",
    "manager": "validates and sends",
    "investigator": "writes",
    "colleague": "an investigator on no case",
    "client": "a client contact who can sign in",
    "outsider": "a contact of another client",
}

EMPLOYEES = {
    # address: name, role, access level
    "administrator": ("Administrator A.", roles.ADMINISTRATOR, AccessLevel.FULL),
    "manager": ("Manager G.", roles.CASE_MANAGER, AccessLevel.FULL),
    "investigator": ("Investigator R.", roles.INVESTIGATOR, AccessLevel.LIMITED),
    "colleague": ("Colleague S.", roles.INVESTIGATOR, AccessLevel.LIMITED),
    "second.investigator": ("Investigator S.", roles.INVESTIGATOR, AccessLevel.LIMITED),
    "sales": ("Salesperson B.", roles.INVESTIGATOR, AccessLevel.LIMITED),
    "staff": ("Staff T.", roles.INVESTIGATOR, AccessLevel.LIMITED),
    "analyst": ("Analyst D.", roles.INVESTIGATOR, AccessLevel.LIMITED),
    "night.desk": ("Night Desk", roles.CASE_MANAGER, AccessLevel.LIMITED),
}
CONTACTS = {
    # address: name, client
    "client": ("Client C.", "Meridian Freight Ltd"),
    "partner": ("Partner C.", "Meridian Freight Ltd"),
    "paralegal": ("Paralegal P.", "Meridian Freight Ltd"),
    "accounts": ("Accounts O.", "Meridian Freight Ltd"),
    "outsider": ("Outsider O.", "Harbour Street Lettings"),
}
CASES = {
    # number: title, type, client
    MAIN_CASE: ("Warehouse losses, Quay Street", "Surveillance", "Meridian Freight Ltd"),
    "2026-0151": ("Harbour Street tenancy", "Tenancy", "Harbour Street Lettings"),
    "2026-0137": ("Driver background checks", "Background", "Meridian Freight Ltd"),
}
ASSIGNED = {
    # case: group, addresses; the first of each group is primary
    MAIN_CASE: {
        Group.CLIENT_CONTACT: ["client", "partner", "paralegal", "accounts"],
        Group.CASE_MANAGER: ["manager"],
        Group.INVESTIGATOR: ["investigator", "second.investigator"],
        Group.SALESPERSON: ["sales"],
        Group.ADDITIONAL_EMPLOYEE: ["staff"],
    },
    "2026-0151": {Group.CLIENT_CONTACT: ["outsider"], Group.CASE_MANAGER: ["manager"]},
    "2026-0137": {Group.CASE_MANAGER: ["manager"], Group.INVESTIGATOR: ["second.investigator"]},
}
UPDATES = (
    # days ago, access group, title, body, validated
    (
        9, "Public", "Opening note",
        "We start tonight. **Two observers**, one on the quay side and one on the ring road.\n\n"
        "- Observation from 22:00 to 05:00\n- A written summary every morning\n- Footage at the end of each week",
    ),
    (
        5, "Staff only", "Vehicle list for the night desk",
        "| Vehicle | Seen | Remark |\n|---|---|---|\n| White van | 02:10 | leaves without lights |\n"
        "| Gray estate | 02:40 | waits at the ring road |",
    ),
    (
        1, "Public", "Interim report, first week",
        "The report summarises five nights of observation. Losses match the departures logged at 02:00–03:30. "
        "We recommend continuing to the end of the month and preserving the gate controller's records now.",
    ),
    (
        0, "Public", "Night two: the side gate again",
        "Two vehicles at 02:14 and 03:05, same route as Tuesday. Plates legible on the second. "
        "The side gate was unlocked from inside both times.",
    ),
)  # fmt: skip
FILES = {
    # title of the update: its files, drawn by tests/make_demo_files
    "Interim report, first week": ("Interim report.pdf", "week-1.mp4"),
    "Night two: the side gate again": ("plate.jpg",),
}
