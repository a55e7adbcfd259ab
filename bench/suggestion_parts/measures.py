"""How well it is found, and how fast."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median, quantiles
from time import process_time

from bench.suggestion_parts.data import PRODUCTS, Labelled
from signage.core.findings import Finding, find
from signage.core.languages import detect

SHOWN = 40
MOST_CHARACTERS = 20_000
Missed = dict[str, list[str]]
"""What went wrong, for whoever looks: name of the measure → examples."""


def recall(all_of: Iterable[Labelled], seen: Missed) -> Iterator[tuple[str, float, int]]:
    """Kind, percentage found, how many are labelled."""
    hits: defaultdict[str, list[bool]] = defaultdict(list)
    for each in all_of:
        found = find(each.comment)
        hit = any(_covers(finding, each) for finding in found)
        hits[each.kind].append(hit)
        if not hit:
            _note(seen, f"{each.kind}: missed", each.comment[each.start : each.end])
    yield from ((kind, 100 * sum(of) / len(of), len(of)) for kind, of in hits.items())


def _covers(finding: Finding, label: Labelled) -> bool:
    same = finding.kind == label.kind
    return same and finding.start <= label.start and finding.end >= label.end


def false_alarms(comments: Sequence[tuple[str, str]], name: str, seen: Missed) -> Counter[str]:
    """Kind → comments with at least one finding, of 200."""
    counted: Counter[str] = Counter()
    for comment, language in comments:
        found = find(comment, language=language)
        counted.update({each.kind for each in found})
        for each in found:
            around = comment[max(0, each.start - 15) : each.start], comment[each.end :][:10]
            said = f"{around[0]}[{comment[each.start : each.end]}]{around[1]}"
            _note(seen, f"{each.kind}: found in {name}", said.replace("\n", " "))
    return Counter({kind: n * 200 / len(comments) for kind, n in counted.items()})


def offensive_share(posts: Sequence[tuple[str, bool]], called: bool, seen: Missed) -> float:
    """The percentage of posts, called offensive or not, in which a dirty word is found."""
    these = [post for post, offends in posts if offends is called]
    hits = [any(each.kind == "dirty_word" for each in find(post, language="da")) for post in these]
    for post, hit in zip(these, hits, strict=True):
        if hit is not called:
            _note(seen, f"offensive {called}, dirty word {hit}", post[:110])
    return 100 * sum(hits) / len(hits)


def language_shares(
    of: Sequence[tuple[str, str]], seen: Missed
) -> Iterator[tuple[str, float, int]]:
    """Language, percentage told right, how many. Of other languages it is right to say nothing;
    Nynorsk is Norwegian."""
    hits: defaultdict[str, list[bool]] = defaultdict(list)
    for sentence, code in of:
        said = detect(sentence)
        wanted = {"nn": "nb"}.get(code, code if code in PRODUCTS else None)
        group = code if code in PRODUCTS else "nn, as nb" if code == "nn" else "of others, as none"
        hits[group].append(said == wanted)
        if said != wanted:
            _note(seen, f"language {code}", f"{said}: {sentence[:100]}")
    yield from ((code, 100 * sum(each) / len(each), len(each)) for code, each in hits.items())


def times(comments: Sequence[tuple[str, str]]) -> tuple[float, float, float]:
    """Milliseconds of processor time for a comment, median and 99th percentile; and for one of
    20,000 characters."""
    inspect(comments[0][0])  # models are read once
    taken = [inspect(comment) for comment, _ in comments]
    whole = " ".join(comment for comment, _ in comments)[:MOST_CHARACTERS]
    return median(taken), quantiles(taken, n=100)[98], inspect(whole)


def inspect(comment: str) -> float:
    """Milliseconds of processor time for language and findings."""
    began = process_time()
    find(comment, language=detect(comment))
    return 1000 * (process_time() - began)


def _note(seen: Missed, name: str, example: str) -> None:
    examples = seen.setdefault(name, [])
    if len(examples) < SHOWN:
        examples.append(example)
