"""What is found in comments, and what is not: recall, false alarms, languages, time.

Reads a folder with the data sets privacy, words, toxicity_da, languages, nps_fr and reviews_en, as
they were published. Targets: of labelled numbers, e-mail addresses, phone numbers, IBANs and cards
at least 98 % are found, as what they are and to their last character; in ordinary comments at most
1 of 200 has a false alarm of a kind (probable names are told apart, without a target); at least
95 % of sentences in each of the product's languages are told to be in it; a comment takes at most
10 ms of the processor at the 99th percentile, language and all.

Nothing is taken out of the data: a labelled number that is none counts as missed, and a real phone
number in an ordinary comment as a false alarm. --examples shows what was missed and falsely found.

    .venv/bin/python bench/suggestions.py DATA_FOLDER [--quick] [--json] [--examples]
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.suggestion_parts.data import ORDINARY, PRODUCTS, labelled, offensive, sentences, words_of
from bench.suggestion_parts.measures import (
    Missed,
    false_alarms,
    language_shares,
    offensive_share,
    recall,
    times,
)
from bench.table import Figure, finish, say
from signage.core.findings import KINDS

SURE = ("email", "phone", "personal_number", "organisation_number", "iban", "card")
LEAST_RECALL, MOST_ALARMS, LEAST_LANGUAGE, MOST_MS = 98.0, 1.0, 95.0, 10.0
QUICK = 4
"""With --quick the time of every so manieth comment is taken; all else is measured whole."""


def main() -> None:
    """Measure all and print the table."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with the data sets")
    parser.add_argument("--quick", action="store_true", help="a fair small version, under 45 s")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--examples", action="store_true", help="show what went wrong")
    said = parser.parse_args()
    if not said.data.is_dir():
        parser.error(f"{said.data} is no folder")
    step = QUICK if said.quick else 1
    seen: Missed = {}
    figures = list(_figures(said.data, step, seen))
    if said.examples:
        _show(seen)
    finish(figures, as_json=said.json)


def _figures(data: Path, step: int, seen: Missed) -> Iterator[Figure]:
    say("recall …")
    for kind, share, n in recall(labelled(data), seen):
        least = LEAST_RECALL if kind in SURE else None
        yield Figure(f"{kind}: found of {n}", share, "%", at_least=least)
    for name, read in ORDINARY.items():
        say(f"false alarms, {name} …")
        comments = list(read(data))
        alarms = false_alarms(comments, name, seen)
        for kind in KINDS:
            most = None if kind == "probable_name" else MOST_ALARMS
            yield Figure(f"{kind}: alarms in 200 of {name}", alarms[kind], at_most=most)
    say("words …")
    yield from _words(data, seen)
    say("languages …")
    for code, share, n in language_shares(list(sentences(data)), seen):
        least = LEAST_LANGUAGE if code in PRODUCTS else None
        yield Figure(f"language {code}: right of {n}", share, "%", at_least=least)
    say("time …")
    yield from _times(data, step)


def _words(data: Path, seen: Missed) -> Iterator[Figure]:
    posts = list(offensive(data))
    yield Figure(
        "Danish posts called offensive: dirty word found", offensive_share(posts, True, seen), "%"
    )
    yield Figure("other Danish posts: dirty word found", offensive_share(posts, False, seen), "%")
    for code, share, n in words_of(data):
        yield Figure(f"list of dirty words, {code}: found of {n}", share, "%")


def _times(data: Path, step: int) -> Iterator[Figure]:
    comments = [each for read in ORDINARY.values() for each in list(read(data))[::step]]
    middle, slowest, longest = times(comments)
    yield Figure(f"a comment, median of {len(comments)}", middle, "ms")
    yield Figure("a comment, 99th percentile", slowest, "ms", at_most=MOST_MS)
    yield Figure("20,000 characters", longest, "ms")


def _show(seen: Missed) -> None:
    for name, examples in seen.items():
        _lines(name, examples)


def _lines(name: str, examples: Iterable[str]) -> None:
    print(f"\n{name}", file=sys.stderr)
    for example in examples:
        print(f"  {example}", file=sys.stderr)


if __name__ == "__main__":
    main()
