"""The app: pages, routes, lifespan tasks; no logic."""

import reflex as rx

from caseupdates.interface import http
from caseupdates.interface.errors import say_sorry
from caseupdates.interface.frame import lost_line
from caseupdates.interface.state import Frame
from caseupdates.people.page import sign_in_page, welcome_page
from caseupdates.people.state import Welcome

app = rx.App(
    api_transformer=[http.routes(), http.OwnOriginOnly, http.SecureAnswers],
    backend_exception_handler=say_sorry,
    stylesheets=["/caseupdates.css"],
    head_components=[rx.el.script(src="/caseupdates.js")],
    html_lang="en",
    app_wraps={(5, "Overlay"): lambda stateful: lost_line() if stateful else None},
)

app.add_page(sign_in_page, route="/sign-in", title="Sign in · Case Updates", on_load=Welcome.look)
app.add_page(welcome_page, route="/welcome", title="Welcome · Case Updates", on_load=Welcome.look)
