"""What must hold after every run; each check gives its violations, in words."""

from collections.abc import Iterator, Mapping, Sequence

from bench.recovery_parts.ledger import Ledger, about_quote
from bench.recovery_parts.player import Player
from bench.recovery_parts.truth import Truth
from signage.actions.turns import ITEM as TURNS
from signage.core.feeds import FeedState


def equals(player: Player, screen_id: int, told: Truth) -> str | None:
    """What a wall shows otherwise than the database has it; None when nothing."""
    shown = player.page.shown
    if shown.programme is None:
        return "it has no programme"
    if shown.programme["version"] != told.programmes[screen_id]:
        return "its programme is another"
    for name, feed in told.feeds.items():
        has = shown.feeds.get(name)
        if has is None:
            return f"it lacks {name}"
        if (has.epoch, has.rev) != (feed.epoch, feed.rev):
            return f"it has {name} at {has.epoch} {has.rev}, not {feed.epoch} {feed.rev}"
        if dict(has.items) != feed.items:
            return f"it shows other {name}, at the same rev {feed.rev}"
    return None


def check_revs(told: Truth, *, all_announced: bool) -> Iterator[str]:
    """Revs are contiguous up to the feed's; after a while all is marked as announced."""
    for name, feed in told.feeds.items():
        first = feed.revs[0] if feed.revs else feed.rev + 1
        if feed.revs != tuple(range(first, feed.rev + 1)):
            yield f"{name}: the revs {feed.revs} do not lead to {feed.rev}"
        if all_announced and feed.unannounced:
            yield f"{name}: {feed.unannounced} changes were never announced"


def check_accepted(told: Truth, ledger: Ledger) -> Iterator[str]:
    """Everything that was accepted is there."""
    yield from _lost_decisions(told, ledger)
    yield from _lost_answers(told, ledger)
    for id_, hangs in ledger.improvements.items():
        if told.improvements.get(id_) != hangs and f"improvement {id_}" not in ledger.unsure:
            yield f"improvement {id_} hangs: {told.improvements.get(id_)}, not {hangs}"
    if ledger.title and told.title != ledger.title and "title" not in ledger.unsure:
        yield f"the title is {told.title}, not {ledger.title}"


def _lost_decisions(told: Truth, ledger: Ledger) -> Iterator[str]:
    for decision_id, quote_id in ledger.decisions.items():
        if decision_id not in told.decisions and about_quote(quote_id) not in ledger.unsure:
            yield f"decision {decision_id} on quote {quote_id} is lost"
    for quote_id, state in ledger.quotes.items():
        wanted = {"approved", "published"} if state == "approved" else {state}
        if told.quotes.get(quote_id) not in wanted and about_quote(quote_id) not in ledger.unsure:
            yield f"quote {quote_id} is {told.quotes.get(quote_id)}, not {state}"


def _lost_answers(told: Truth, ledger: Ledger) -> Iterator[str]:
    unsure = {answer for id_, answer in ledger.answers.items() if about_quote(id_) in ledger.unsure}
    there = {answer for answer, quote in told.answers.items() if quote is not None}
    yield from (
        f"answer {name} is lost" for name in ledger.received - ledger.erased - there - unsure
    )
    yield from (f"answer {name} is back" for name in ledger.erased & told.answers.keys())


def check_hanging(told: Truth) -> Iterator[str]:
    """What hangs is what is published; words behind improvements too."""
    for item in told.feeds["quotes"].items.keys() - {TURNS}:
        if told.quotes.get(int(item[1:])) != "published":
            yield f"{item} hangs and is {told.quotes.get(int(item[1:]))}"
    hanging = {item for item in told.feeds["improvements"].items if item != "summary"}
    wanted = {f"i{id_}" for id_, hangs in told.improvements.items() if hangs}
    if hanging != wanted:
        yield f"the improvements {sorted(hanging)} hang, not {sorted(wanted)}"


def check_receipts(
    told: Truth, screens: Mapping[int, Sequence[Player]], *, clocks_agree: bool
) -> Iterator[str]:
    """What the desk says of a recall is true: a screen that confirmed has painted it away and shows
    it no more. Neither does one that the desk does not count because it never had the words, or its
    copy has died: that is told by the servers' clock alone, so it is asked where none jumped. Of a
    screen or a link that was made after the backup which was put back nobody can know: it is sent
    away when it comes, and that it shows nothing then is looked at there. Its number may be another
    screen's since."""
    may_show = {"waiting", "offline"} | (set() if clocks_agree else {"died", "not counted"})
    known = {
        screen_id: [player for player in players if player.is_known]
        for screen_id, players in sorted(screens.items())
        if screen_id in told.programmes
    }
    began = _beginnings([player for players in screens.values() for player in players])
    # A quote that was hung again and withdrawn again is to be confirmed anew.
    latest = {recall.item: recall_id for recall_id, recall in sorted(told.recalls.items())}
    for recall_id, recall in told.recalls.items():
        gone = (
            recall.item
            and latest[recall.item] == recall_id
            and told.quotes.get(int(recall.item[1:])) != "published"
        )
        for screen_id, players in known.items():
            state = recall.copies.get(screen_id, "not counted")
            has_painted = any(_has_painted(player, recall.parts, began) for player in players)
            if state == "confirmed" and not has_painted:
                yield f"screen {screen_id} has a receipt for recall {recall_id} too early"
            shows = any(recall.item in player.page.items("quotes") for player in players)
            if gone and shows and state not in may_show:
                yield f"screen {screen_id} shows {recall.item}, which the desk says is {state}"


def _beginnings(players: Sequence[Player]) -> dict[str, float]:
    """Epoch → when a wall first showed it."""
    began: dict[str, float] = {}
    for player in players:
        for at, feeds in player.page.history:
            for feed in feeds.values():
                began[feed.epoch] = min(at, began.get(feed.epoch, at))
    return began


def _has_painted(
    player: Player, parts: Mapping[str, tuple[str, int]], began: Mapping[str, float]
) -> bool:
    """Whether a wall's page ever showed what comes after each part."""

    def is_after(feed: FeedState | None, epoch: str, rev: int) -> bool:
        if feed is None:
            return False
        if feed.epoch == epoch:
            return feed.rev >= rev
        return epoch not in began or began[feed.epoch] > began[epoch]

    return all(
        any(is_after(feeds.get(name), *part) for _, feeds in player.page.history)
        for name, part in parts.items()
    )
