"""Every room's tables, imported so that SQLModel's metadata is whole (migrations, tests)."""

from caseupdates import limits
from caseupdates.cases import models as cases
from caseupdates.delivery import models as delivery
from caseupdates.files import models as files
from caseupdates.history import models as history
from caseupdates.links import models as links
from caseupdates.notifications import models as notifications
from caseupdates.people import models as people
from caseupdates.sending import models as sending
from caseupdates.updates import models as updates

__all__ = ["cases", "delivery", "files", "history", "limits", "links", "notifications", "people", "sending", "updates"]
