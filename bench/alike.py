"""Near-duplicates among many comments: the processor time to key them, and to find those of one.

    python bench/alike.py [--comments 10000]

On the machine that it runs on, on SQLite: the time for each batch of keys, and from a comment to
the list of those that say the same.
"""

import argparse
import random
import tempfile
import time
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from statistics import quantiles

from signage.actions.duplicates import key_new
from signage.actions.setup import set_up
from signage.migrate import migrate
from signage.models import Database
from signage.models.duplicates import said_alike
from signage.models.queue import quote_with_response
from tests.answers import draft, take

AT = datetime(2026, 4, 14, 7, 42, tzinfo=UTC)
VOCABULARY = 5000
"""Words; the n-th is said 1/n as often as the first (Zipf), as in any language."""


def comments(n: int, chance: random.Random) -> list[str]:
    """`n` comments; each tenth repeats an earlier one, in nearly the same words."""
    words_ = [f"w{n}" for n in range(VOCABULARY)]
    odds = list(accumulate(1 / n for n in range(1, VOCABULARY + 1)))
    made: list[str] = []
    for place in range(n):
        if made and place % 10 == 0:
            words = chance.choice(made).split()
            words[chance.randrange(len(words))] = chance.choice(words_)
        else:
            words = chance.choices(words_, cum_weights=odds, k=chance.randint(3, 40))
        made.append(" ".join(words))
    return made


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=10_000)
    wanted = parser.parse_args().comments
    chance = random.Random(7)  # noqa: S311 - the same each time
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'signage.db'}")
        migrate(database)
        set_up(database)
        said = comments(wanted, chance)
        for start in range(0, wanted, 1000):
            batch = enumerate(said[start : start + 1000], start)
            take(database, *(draft(f"{n}", at=AT, comment=text) for n, text in batch), at=AT)
        batches = []
        while True:
            began = time.process_time()
            if not key_new(database):
                break
            batches.append(time.process_time() - began)
        looks, found = [], 0
        for quote_id in chance.sample(range(1, wanted + 1), 300):
            with database.read() as session:
                quote = quote_with_response(session, quote_id)
                assert quote is not None
                began = time.process_time()
                found += len(said_alike(session, quote))
                looks.append(time.process_time() - began)
        database.engine.dispose()
    print(f"{wanted} comments, keyed in {sum(batches):.1f} s")
    for name, taken in (("a batch of keys", batches), ("one look", looks)):
        cuts = [cut * 1000 for cut in quantiles(taken, n=100)]
        print(f"{name:16} median {cuts[49]:6.1f} ms   99th percentile {cuts[98]:6.1f} ms")
    print(f"{found} found for 300 comments")


if __name__ == "__main__":
    main()
