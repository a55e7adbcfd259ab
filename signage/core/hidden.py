"""The spans of a revision as they lie over a comment: on whole characters, none over another."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from signage.core.revision import Revision
from signage.core.text import clusters

Hidden = tuple[int, int, str | None]
"""start, end, label; no label is a cut."""


def hidden_in(comment: str, revision: Revision) -> list[Hidden]:
    """What is hidden, in order; cuts with nothing but white space between them are one."""
    return _joined(comment, _hidden(comment, revision))


def _hidden(comment: str, revision: Revision) -> list[Hidden]:
    """The spans on whole characters, in order, none overlapping.

    A cut wins over a mask that it overlaps: it says less about what was there. Two masks that
    overlap and disagree are "other".
    """
    spans: list[Hidden] = [(cut.start, cut.end, None) for cut in revision.cuts]
    spans += [(mask.start, mask.end, mask.label) for mask in revision.masks]
    boundaries = clusters(comment) if spans else []
    snapped = (_outward(boundaries, *span) for span in spans)
    united: list[Hidden] = []
    for start, end, label in sorted(
        (span for span in snapped if span[0] < span[1]), key=lambda span: span[:2]
    ):
        if united and start < united[-1][1]:
            before = united.pop()
            united.append((before[0], max(end, before[1]), _common(before[2], label)))
        else:
            united.append((start, end, label))
    return united


def _outward(boundaries: Sequence[int], start: int, end: int, label: str | None) -> Hidden:
    start, end = max(start, 0), min(end, boundaries[-1])
    if start >= end:
        return 0, 0, label
    first = boundaries[bisect_right(boundaries, start) - 1]
    return first, boundaries[bisect_left(boundaries, end)], label


def _common(one: str | None, two: str | None) -> str | None:
    if one is None or two is None:
        return None
    return one if one == two else "other"


def _joined(comment: str, hidden: Iterable[Hidden]) -> list[Hidden]:
    """Cuts with nothing but white space between them, or outside them, as one cut."""
    joined: list[Hidden] = []
    for start, end, label in hidden:
        before = joined[-1] if joined else None
        blank = not comment[before[1] if before else 0 : start].strip()
        if label is None and blank and before is None:
            joined.append((0, end, None))
        elif label is None and blank and before and before[2] is None:
            joined[-1] = (before[0], end, None)
        else:
            joined.append((start, end, label))
    if joined and joined[-1][2] is None and not comment[joined[-1][1] :].strip():
        joined[-1] = (joined[-1][0], len(comment), None)
    return joined
