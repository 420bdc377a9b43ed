"""Pages a route answers with: the built single page at an address of ours, and plain ones that need no script."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from caseupdates.interface.policy import BUILD
from caseupdates.people.models import Firm

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)


def built(*, status: int = 200) -> HTMLResponse:
    """The built page; its script finds in the address what to show."""
    return HTMLResponse(_built(), status_code=status)


def plain(
    title: str, firm: Firm, sentence: str = "", *, status: int = 200, back: str = "", ask: str = ""
) -> HTMLResponse:
    """A page that says one thing and whom to ask: `back` is a path to return to, `ask` one a button posts to."""
    words = {"title": title, "firm": firm, "sentence": sentence, "back": back, "ask": ask}
    answer = HTMLResponse(_templates.get_template("plain.html").render(words), status_code=status)
    if ask:
        # Under `no-referrer` a browser's form says `Origin: null`, which is refused as another site's.
        answer.headers["referrer-policy"] = "same-origin"
    return answer


@cache
def _built() -> str:
    return (BUILD / "__spa-fallback.html").read_text()
