"""Which files may go attached to a mail, and why the others become links."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from caseupdates.files.models import File
from caseupdates.files.names import split
from caseupdates.files.uploading import said

REFUSED = frozenset(
    [
        "adp",
        "app",
        "asp",
        "bas",
        "bat",
        "cer",
        "chm",
        "cmd",
        "com",
        "cpl",
        "crt",
        "csh",
        "der",
        "exe",
        "fxp",
        "gadget",
        "hlp",
        "hta",
        "inf",
        "ins",
        "isp",
        "its",
        "js",
        "jse",
        "ksh",
        "lib",
        "lnk",
        "mad",
        "maf",
        "mag",
        "mam",
        "maq",
        "mar",
        "mas",
        "mat",
        "mau",
        "mav",
        "maw",
        "mda",
        "mdb",
        "mde",
        "mdt",
        "mdw",
        "mdz",
        "msc",
        "msh",
        "msh1",
        "msh2",
        "mshxml",
        "msh1xml",
        "msh2xml",
        "msi",
        "msp",
        "mst",
        "ops",
        "pcd",
        "pif",
        "plg",
        "prf",
        "prg",
        "reg",
        "scf",
        "scr",
        "sct",
        "shb",
        "shs",
        "sys",
        "ps1",
        "ps1xml",
        "ps2",
        "ps2xml",
        "psc1",
        "psc2",
        "tmp",
        "url",
        "vb",
        "vbe",
        "vbs",
        "vps",
        "vsmacros",
        "vss",
        "vst",
        "vsw",
        "vxd",
        "ws",
        "wsc",
        "wsf",
        "wsh",
        "xnk",
    ]
)  # resend.com/docs/knowledge-base/what-attachment-types-are-not-supported


@dataclass(frozen=True)
class Plan:
    """How each file of a sending goes."""

    attached: tuple[File, ...] = ()
    linked: tuple[File, ...] = ()
    reasons: dict[int, str] = field(default_factory=dict)  # by file id: why it cannot go attached


def plan(files: Sequence[File], *, attach: bool, limit: int) -> Plan:
    """Attach what providers take, in order, while it fits into `limit` bytes before encoding; link the rest."""
    if not attach:
        return Plan(linked=tuple(files))
    attached: list[File] = []
    reasons: dict[int, str] = {}
    for file in files:
        ending = split(file.name)[1].lower().lstrip(".")
        if ending in REFUSED:
            reasons[file.id] = f"mail providers refuse .{ending} files"
        elif sum(each.size for each in attached) + file.size > limit:
            reasons[file.id] = f"does not fit into the {said(limit)} of a mail"
        else:
            attached.append(file)
    return Plan(tuple(attached), tuple(each for each in files if each.id in reasons), reasons)
