"""Findings of many finders as one list: on whole characters, in order, none over another."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import replace

from signage.core.findings.finding import KINDS, LEVELS, Finding
from signage.core.text import clusters

MOST = 200
"""So many are kept, the most certain: a person who sees 200 needs no more."""

_RANK = {kind: place for place, kind in enumerate(KINDS)}


def settled(comment: str, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """In the order of the comment. Where two overlap the more certain stays: by level, then by
    kind, then the longer, then the earlier."""
    candidates = list(found)
    if not candidates:
        return ()
    boundaries = clusters(comment)
    kept: list[Finding] = []
    for each in sorted((_outward(boundaries, each) for each in candidates), key=_order):
        place = bisect_left(kept, each.start, key=_start)
        before = place > 0 and kept[place - 1].end > each.start
        behind = place < len(kept) and kept[place].start < each.end
        if not before and not behind:
            insort(kept, each, key=_start)
            if len(kept) == MOST:
                break
    return tuple(kept)


def _order(finding: Finding) -> tuple[int, int, int, int]:
    level = LEVELS.index(finding.level)
    return -level, _RANK[finding.kind], finding.start - finding.end, finding.start


def _start(finding: Finding) -> int:
    return finding.start


def _outward(boundaries: Sequence[int], finding: Finding) -> Finding:
    start = boundaries[bisect_right(boundaries, finding.start) - 1]
    end = boundaries[bisect_left(boundaries, finding.end)]
    return (
        finding
        if (start, end) == (finding.start, finding.end)
        else replace(finding, start=start, end=end)
    )
