"""Display records of files."""

from dataclasses import dataclass
from datetime import tzinfo
from urllib.parse import quote

from caseupdates.files.models import File
from caseupdates.files.uploading import said
from caseupdates.interface import when

KINDS = {
    "application/pdf": "PDF document",
    "text/plain": "Text",
    "text/html": "Web page",
    "application/zip": "Archive or Office document",
    "application/x-ole-storage": "Office document",
    "application/rtf": "Document",
}
BY_FAMILY = {"image": "Picture", "video": "Video", "audio": "Sound"}


@dataclass
class FileRow:
    id: int = 0
    name: str = ""
    kind: str = ""  # "PDF document"
    icon: str = ""  # "picture", "video", "sound", "text", "other"
    size: str = ""
    url: str = ""
    about: str = ""  # "Investigator R. · today 06:41"


def file_row(file: File, zone: tzinfo | None = None) -> FileRow:
    about = f"{file.uploaded_by.name} · {when.said(file.uploaded_at, zone)}" if zone else ""
    url = f"/files/{file.id}/{quote(file.name, safe='')}"
    return FileRow(file.id, file.name, said_kind(file.media_type), icon(file.media_type), said(file.size), url, about)


def said_kind(media_type: str) -> str:
    """A media type in a reader's words."""
    return KINDS.get(media_type) or BY_FAMILY.get(media_type.partition("/")[0], "File")


def icon(media_type: str) -> str:
    family = {"image": "picture", "video": "video", "audio": "sound"}.get(media_type.partition("/")[0])
    return family or ("text" if media_type in {"application/pdf", "text/plain", "application/rtf"} else "other")
