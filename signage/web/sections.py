"""Which part of the desk an address belongs to, for whoever finds nothing there."""

from collections.abc import Mapping

from flask import current_app, request, url_for

from signage.core.roles import may
from signage.web.permit import act_of, role_here
from signage.words import N_, translate

_HANGING = (N_("On the wall"), ("hanging.wall_page",))
_SCREENS = (N_("Screens"), ("screens.list_page",))
_SETTINGS = (N_("Settings"), ("settings.settings_page", "rules.list_page"))
SECTIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "wall": _HANGING,
    "notices": _HANGING,
    "find": (N_("Find"), ("find.find_page",)),
    "improvements": (N_("Improvements"), ("improvements.list_page",)),
    "measurement": (N_("Measurement"), ("measurement.measurement_page",)),
    "intake": (N_("Intake"), ("intake.intake_page",)),
    "screens": _SCREENS,
    "takeovers": _SCREENS,
    "deliveries": (N_("Deliveries"), ("deliveries.recalls_page",)),
    "settings": _SETTINGS,
    "people": _SETTINGS,
    "audit": _SETTINGS,
}
"""What follows `/desk/` → what the desk's navigation calls it (English, marked for translation),
and its first pages: the first that somebody may see is theirs."""


def section_here() -> tuple[str, str] | None:
    """Address and name of the section's first page; None outside of a section, and for whoever may
    see none of it."""
    first, _, rest = request.path.lstrip("/").partition("/")
    name, pages = SECTIONS.get(rest.partition("/")[0], ("", ())) if first == "desk" else ("", ())
    for page in pages:
        if may(role_here(), act_of(current_app, page) or ""):
            return url_for(page), translate(name)
    return None
