"""For whoever watches the server: is it alive, and can it serve?"""

from flask import Blueprint, Response, jsonify

from signage.core.roles import ANYONE
from signage.web.context import at, parts
from signage.web.mistakes import problem_details
from signage.web.permit import require
from signage.web.probes import NEEDED, Probe, look
from signage.words import N_, translate

pages = Blueprint("health", __name__)
pages.before_request(require(ANYONE))

Answer = tuple[Response, int]


@pages.get("/healthz")
def alive() -> Response:
    """200 as long as the loop answers; asks nothing of any other part."""
    return jsonify(status="alive")


@pages.get("/health")
@pages.get("/readyz")
def ready() -> Answer:
    """200 when this process can serve, and degraded where a part that it can do without is gone;
    503 with what to do otherwise."""
    probes = look(parts(), at())
    gone = [probe for probe in probes if not probe.up]
    needed = [probe for probe in gone if probe.name in NEEDED]
    if needed:
        title = translate(N_("Not ready"))
        detail = " ".join(translate(probe.advice) for probe in needed)
        return problem_details(503, "not-ready", title, detail=detail, parts=_told(probes))
    return jsonify(status="degraded" if gone else "ready", parts=_told(probes)), 200


def _told(probes: list[Probe]) -> dict[str, dict[str, str]]:
    return {
        probe.name: {"status": "up"}
        if probe.up
        else {"status": "down", "detail": translate(probe.advice)}
        for probe in probes
    }
