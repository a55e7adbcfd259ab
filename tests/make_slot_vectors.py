"""Writes tests/vectors/slots.json, or with --check holds it and the product against every minute:
`python -m tests.make_slot_vectors [--check]`."""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from signage.core.slots import Calendar, Slot, playing
from tests.slot_minutes import FROM, UNTIL, ZONES, Minutes

FILE = Path(__file__).parent / "vectors" / "slots.json"
CALENDAR = {"SE": ["2026-05-01", "2026-12-24", "2026-12-25", "2027-01-01", "2028-02-29"]}
KNOWN: Calendar = {country: frozenset(found) for country, found in CALENDAR.items()}
SLOTS = (
    Slot("night", days=(4,), starts="22:30", ends="02:00"),
    Slot("early", days=(6,), starts="00:00", ends="01:30"),
    Slot("weekly", days=(1,), starts="11:00", ends="13:30", holidays="not", country="SE"),
    Slot("feast", starts="08:00", ends="20:00", holidays="only", country="SE", priority=2),
    Slot("season", starts="23:45", ends="00:15", first="2026-10-22", last="2026-11-02"),
    Slot("spring", starts="23:30", ends="01:15", first="2027-03-10", last="2027-04-30"),
    Slot("leap", starts="00:00", ends="00:00", first="2028-02-29", last="2028-02-29", priority=1),
)


def main() -> None:
    """Write the file, or say whether it holds."""
    made = [_vector(zone) for zone in ZONES]
    if "--check" in sys.argv:
        sys.exit(0 if made == json.loads(FILE.read_text("utf-8")) and _all_agree() else 1)
    FILE.write_text("[\n" + ",\n".join(json.dumps(each) for each in made) + "\n]\n", "utf-8")


def _vector(zone: str) -> Mapping[str, Any]:
    return {
        "timezone": zone,
        "from": int(FROM.timestamp() * 1000),
        "slots": [slot.told() for slot in SLOTS],
        "holidays": CALENDAR,
        "changes": list(_changes(zone)),
    }


def _changes(zone: str) -> Iterator[list[Any]]:
    """Minutes since FROM at which another playlist begins, by brute force."""
    written, before = Minutes(SLOTS, KNOWN), -1
    for minute in range(int((UNTIL - FROM) / timedelta(minutes=1))):
        place = written.at(FROM + timedelta(minutes=minute), ZoneInfo(zone))
        if place != before:
            yield [minute, None if place is None else SLOTS[place].playlist]
        before = place  # type: ignore[assignment]


def _all_agree() -> bool:
    """Whether the product says the same in every single minute."""
    for zone in ZONES:
        written = Minutes(SLOTS, KNOWN)
        for minute in range(int((UNTIL - FROM) / timedelta(minutes=1))):
            at = FROM + timedelta(minutes=minute)
            place = written.at(at, ZoneInfo(zone))
            if playing(SLOTS, at, zone, KNOWN) is not (None if place is None else SLOTS[place]):
                sys.stderr.write(f"{zone} {at}\n")
                return False
    return True


if __name__ == "__main__":
    main()
