"""Display records of the files of a sending."""

from dataclasses import dataclass

from caseupdates.files.models import File
from caseupdates.files.rows import icon
from caseupdates.files.uploading import said
from caseupdates.sending.attachments import Plan


@dataclass
class PlannedFile:
    """A file of the update, and how it will go."""

    name: str = ""
    icon: str = ""
    size: str = ""
    is_attached: bool = False
    reason: str = ""  # why it goes as a link though files are attached


def planned(files: list[File], going: Plan) -> list[PlannedFile]:
    attached = {each.id for each in going.attached}
    return [
        PlannedFile(
            each.name, icon(each.media_type), said(each.size), each.id in attached, going.reasons.get(each.id, "")
        )
        for each in files
    ]
