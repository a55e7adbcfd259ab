"""What a screen is told, for who looks on at the desk."""

from collections.abc import Mapping
from typing import Any

from signage import clock
from signage.actions.bodies import milliseconds
from signage.actions.planned import plans_now
from signage.actions.programme import version_of
from signage.live.encoding import dumps
from signage.live.showing import programme_of, shown_of
from signage.live.state import feed_answers, read_have
from signage.models import Database, Screen, preferences


class LookingOn:
    """Answers as a hello is answered, but reads only: who looks on is no screen, and what they
    say that they have proves nothing."""

    def __init__(self, database: Database, shell: str) -> None:
        self._database = database
        self._shell = shell

    def told(self, screen_id: int, said: object) -> str | None:
        """The answer as JSON; None where there is no such screen."""
        has: Mapping[str, Any] = said if isinstance(said, dict) else {}
        with self._database.read() as session:
            screen = session.get(Screen, screen_id)
            if screen is None:
                return None
            chosen, shown = preferences(session), shown_of(screen)
            planned = plans_now(session).of(shown.group_id)
            have = read_have(has.get("feeds"), planned.feeds)
            feeds = feed_answers(session, planned.feeds, have)
        is_known = has.get("programme") == version_of(shown, chosen, planned)
        return dumps(
            {
                "now": milliseconds(clock.now()),
                "programme": None if is_known else programme_of(shown, chosen, planned),
                "feeds": feeds,
                "shell": self._shell,
            }
        )
