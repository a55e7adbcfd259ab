"""Hostile strings as comment, name and title, through the whole product in real Chromium.

The test uses strings of our own. To try others, give JSON files (a list of texts, or of objects
whose `payload` is a text): python -m tests.browser.hostile FILE…
"""

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select

from signage import clock
from signage.actions import accounts, decide
from signage.actions.improve import ImprovementDraft, improve, publish_improvement
from signage.actions.prefer import prefer
from signage.actions.programme import programme
from signage.actions.receive import receive
from signage.actions.screens import ScreenDraft, add_screen
from signage.errors import Invalid
from signage.intake.draft import Draft, draft_from
from signage.models import FeedItem, Preferences, Quote, Screen, User, preferences
from tests.serving import FLAGS, Server, chromium, free_port

BATCH = 50

# What markup would leave behind if it were ever read as markup, anywhere on a page.
FOREIGN = """() => {
  const found = [];
  const walk = (root) => root.querySelectorAll('*').forEach((element) => {
    if (element.shadowRoot) walk(element.shadowRoot);
    const name = element.localName;
    if (['iframe', 'object', 'embed', 'base', 'math', 'marquee', 'audio', 'video'].includes(name)
        || (name === 'script' && !element.src && element.type !== 'application/json')
        || [...element.attributes].some((a) => a.name.startsWith('on'))
        || /^(javascript|data|vbscript):/i.test(String(element.href?.baseVal ?? element.href)))
      found.push(element.outerHTML.slice(0, 200));
  });
  walk(document);
  return found;
}"""

DRAW = """async ([items, programme]) => {
  const { SCENES } = await import('/static/wall/scenes/index.js');
  const { createContext } = await import('/static/wall/context.js');
  const stage = document.getElementById('stage');
  const feeds = { quotes: { kind: 'quotes', epoch: '-', rev: 0, items: {} } };
  const context = createContext({ programme, feeds, now: Date.now(), english: {}, address: 'x' });
  for (const body of items) {
    const layer = document.createElement('div');
    layer.className = 'layer';
    stage.append(layer);
    const scene = SCENES[body.kind].render(body, context);
    layer.append(scene);
    await SCENES[body.kind].arrange?.(scene, body, context);
    const shown = layer.textContent;
    if (!shown.trim()) throw new Error('nothing shown for ' + body.id);
    layer.remove();
  }
}"""  # fmt: skip


@dataclass
class Watch:
    """Everything that must never happen on a page."""

    origin: str
    seen: list[str] = field(default_factory=list)

    def over(self, page: Page) -> Page:
        """Watch a page from now on."""
        page.on("dialog", lambda dialog: self.seen.append(f"dialog {dialog.message}"))
        page.on("pageerror", lambda error: self.seen.append(f"error {error}"))
        page.on("request", lambda request: self._outside(request.url))
        page.on("console", lambda message: self._console(message.type, message.text))
        return page

    def look(self, page: Page) -> None:
        """Look for markup that came from a string."""
        self.seen += [f"{page.url}: {found}" for found in page.evaluate(FOREIGN)]

    def _outside(self, url: str) -> None:
        if not url.startswith((self.origin, self.origin.replace("http", "ws", 1), "data:")):
            self.seen.append(f"request to {url}")

    def _console(self, kind: str, text: str) -> None:
        if kind == "error":
            self.seen.append(f"console {text}")


def try_all(server: Server, browser: Browser, strings: Sequence[str]) -> list[str]:
    """What went wrong; nothing when every string was text everywhere."""
    watch, user_id = Watch(server.url), _lead(server)
    prefer(server.database, Preferences(grace_seconds=0), at=clock.now())
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    desk, wall = watch.over(context.new_page()), watch.over(context.new_page())
    token = accounts.invite(server.database, at=clock.now(), user_id=user_id)
    desk.goto(f"{server.url}/link/{token}")
    desk.get_by_role("button").click()
    desk.wait_for_url("**/desk/review**")
    wall.goto(f"{server.url}/wall")
    for start in range(0, len(strings), BATCH):
        _receive(server, strings[start : start + BATCH], start)
        desk.goto(f"{server.url}/desk/review")
        watch.look(desk)
        _publish(server, strings[start], user_id)
        _visit(server, desk, watch)
        wall.evaluate(DRAW, [_hanging(server), _programme(server)])
        watch.look(wall)
    context.close()
    return watch.seen


def _receive(server: Server, strings: Sequence[str], start: int) -> None:
    drafts = [
        draft
        for place, text in enumerate(strings, start)
        if (draft := _draft(f"h{place}", text)) is not None
    ]
    receive(server.database, drafts, at=clock.now())


def _draft(external_id: str, text: str) -> Draft | None:
    short = text[:150]
    fields = {
        "source": "hostile", "external_id": external_id, "score": 3, "comment": text[:9000],
        "name": short, "role": short, "touchpoint": short, "consent": "full_name",
    }  # fmt: skip
    try:
        return draft_from(fields, at=clock.now(), payload=json.dumps(fields))
    except Invalid:
        return None


def _publish(server: Server, title: str, user_id: int) -> None:
    at = clock.now()
    with server.database.read() as session:
        waiting = session.scalars(select(Quote.id).where(Quote.state == "waiting")).all()
    for quote_id in waiting:
        decide.approve(server.database, quote_id, revision=0, user_id=user_id, at=at)
    add_screen(server.database, server.secret_key, ScreenDraft(f"x{title[:60]}"), at=at)
    prefer(server.database, Preferences(grace_seconds=0, title=f"x{title[:40]}"), at=clock.now())
    draft = ImprovementDraft(
        did=f"x {title[:200]}", label=f"x{title[:30]}", team=title[:60], done_on=at.date(),
        touchpoint_id=None, quote_ids=tuple(waiting[:1]),
    )  # fmt: skip
    made = improve(server.database, draft, user_id=user_id, at=at)
    publish_improvement(server.database, made.id, at=at)


def _visit(server: Server, desk: Page, watch: Watch) -> None:
    for path in (
        "wall", "wall?page=2", "improvements", "improvements/1?find=x", "measurement", "screens",
        "intake", "settings",
    ):  # fmt: skip
        desk.goto(f"{server.url}/desk/{path}")
        watch.look(desk)


def _hanging(server: Server) -> list[dict[str, object]]:
    with server.database.read() as session:
        bodies = session.scalars(select(FeedItem.body)).all()
    return [body for body in bodies if body["kind"] in {"quote", "improvement"}]


def _programme(server: Server) -> dict[str, object]:
    with server.database.read() as session:
        screen = session.scalars(select(Screen).limit(1)).one()
        return programme(screen, preferences(session))


def _lead(server: Server) -> int:
    with server.database.write() as session:
        user = User(
            email="hostile@example.com", name="<b>Lead</b>", password_hash="-", language="en",
            role="admin", created_at=clock.now(),
        )  # fmt: skip
        session.add(user)
        session.flush()
        return user.id


def _texts(path: Path) -> Iterator[str]:
    for entry in json.loads(path.read_text("utf-8")):
        yield entry if isinstance(entry, str) else entry["payload"]


if __name__ == "__main__":
    texts = [text for name in sys.argv[1:] for text in _texts(Path(name))]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        running = Server(Path(folder), free_port())
        running.start()
        with playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS)) as launched:
            wrong = try_all(running, launched, texts)
        running.stop()
    print(f"{len(texts)} strings, {len(wrong)} findings")
    print("\n".join(wrong[:40]))
    sys.exit(bool(wrong))
