"""What a file's answer writes down when it went out: viewed as it begins, downloaded once the last byte arrived."""

from caseupdates import database
from caseupdates.interface.serving import Handed, Note
from caseupdates.links import serving
from caseupdates.links.serving import Granted
from caseupdates.links.visitors import Visitor


def evidence(granted: Granted, visitor: Visitor) -> Note:
    """The note for a file that goes out through a link."""

    async def note(handed: Handed) -> None:
        if handed.is_download:
            await database.write(serving.downloaded, granted, visitor, first=handed.first, until=handed.until)
        else:
            await database.write(serving.viewed, granted, visitor)

    return note
