"""What the gate shows of files."""

from dataclasses import dataclass
from urllib.parse import quote

from caseupdates.files.kinds import is_inline
from caseupdates.files.models import File
from caseupdates.files.rows import icon, said_kind
from caseupdates.files.uploading import said


@dataclass
class GateFile:
    """A file at the gate; before somebody has shown who they are it has no name and no address."""

    id: int = 0
    name: str = ""
    kind: str = ""  # "PDF document"
    icon: str = ""
    size: str = ""
    shape: str = ""  # "image", "video", "audio", "pdf": how it is shown in the page; empty where it is not
    url: str = ""


def closed_file(file: File) -> GateFile:
    return GateFile(kind=said_kind(file.media_type), icon=icon(file.media_type), size=said(file.size))


def open_file(file: File, token: str) -> GateFile:
    url = f"/l/{token}/files/{file.id}/{quote(file.name, safe='')}"
    return GateFile(
        file.id,
        file.name,
        said_kind(file.media_type),
        icon(file.media_type),
        said(file.size),
        _shape(file.media_type),
        url,
    )


def _shape(media_type: str) -> str:
    if not is_inline(media_type):
        return ""
    return "pdf" if media_type == "application/pdf" else media_type.partition("/")[0]
