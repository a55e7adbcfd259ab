"""How a table is going to be read: what was guessed, what a person changed, what to know first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from signage.errors import Invalid, Problem
from signage.intake.draft import FIELDS
from signage.intake.mapping import checked_mapping, listed, unknown_field
from signage.intake.profile import Dates
from signage.words import N_

# One value for a whole file makes no sense for these.
PER_ROW = frozenset(("external_id", "score", "comment"))


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read one file.

    encodings: lines of the sample by encoding. header: the columns' names, made unique; a file
    without a header has "column 1", … and header_line 0. mapping: column to field. constants:
    field to the value for rows where no cell gives one. day_first: whether 3/4 is the third of
    April; None counts as True. dates: how the columns that hold dates write them. findings: what
    the guess has to tell.
    """

    encodings: Mapping[str, int]
    separator: str
    header: tuple[str, ...]
    header_line: int
    mapping: Mapping[str, str]
    constants: Mapping[str, str]
    day_first: bool | None = None
    dates: Mapping[str, Dates] | None = None
    findings: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stops the import until someone changes the mapping."""
        if {"score", "comment"} & set(self.mapping.values()):
            return ()
        text = N_(
            "No column holds a score or a comment, as far as can be seen. "
            "Say which does. The columns are: {columns}."
        )
        return (Problem("nothing-to-import", text, None, {"columns": listed(self.header)}),)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What a person should know before the import; nothing here stops it."""
        return (*self.findings, *self._about_ids(), *self._about_dates())

    def column(self, field: str) -> str | None:
        """The column that holds this field."""
        return next((column for column, known in self.mapping.items() if known == field), None)

    def with_mapping(self, mapping: Mapping[str, str]) -> "Plan":
        """The plan with these columns mapped anew; an empty field leaves a column out.

        Columns that are not named keep their field, unless it was given to another one. Raises
        Invalid for unknown columns or fields.
        """
        wanted = checked_mapping(mapping, self.header)
        taken = set(wanted.values())
        kept = {
            column: field
            for column, field in self.mapping.items()
            if column not in wanted and field not in taken
        }
        merged = kept | {column: field for column, field in wanted.items() if field}
        changed = replace(self, mapping=merged)
        dated = changed.column("answered_at")
        if dated == self.column("answered_at"):
            return changed
        written = (self.dates or {}).get(dated or "")
        return replace(changed, day_first=written.day_first if written else None)

    def with_constants(self, constants: Mapping[str, str]) -> "Plan":
        """The plan with these values for rows that give none; an empty value removes one.

        Raises Invalid for unknown fields and for those that each row must give itself.
        """
        found = [unknown_field(name) for name in constants if name not in FIELDS]
        text = N_("“{field}” cannot be the same in every row. Map a column to it.")
        found += [
            Problem("not-a-constant", text, name, {"field": name})
            for name in constants
            if name in PER_ROW
        ]
        if found:
            raise Invalid(found)
        merged = {**self.constants, **constants}
        return replace(self, constants={name: value for name, value in merged.items() if value})

    def with_day_first(self, day_first: bool) -> "Plan":
        """The plan with the order of day and month decided by a person."""
        return replace(self, day_first=day_first)

    def _about_ids(self) -> list[Problem]:
        if self.column("external_id"):
            return []
        text = N_(
            "No column numbers the answers, so each is known by what its row says. "
            "The same file can be imported again; a row that was changed counts as a new answer."
        )
        return [Problem("no-id-column", text, "external_id")]

    def _about_dates(self) -> list[Problem]:
        column = self.column("answered_at")
        if column is None:
            if "answered_at" in self.constants:
                return []
            text = N_("No column says when an answer was given, so all get the time of the import.")
            return [Problem("no-date-column", text, "answered_at")]
        found = []
        written = (self.dates or {}).get(column)
        if written and written.unsure and self.day_first is None:
            text = N_(
                "The dates in “{column}” can be read in two ways. "
                "They are read with the day first: 3/4 is the third of April."
            )
            found.append(Problem("date-order-unsure", text, "answered_at", {"column": column}))
        if written and written.zoneless:
            text = N_("The times in “{column}” have no time zone; they are read as UTC.")
            found.append(Problem("times-without-zone", text, "answered_at", {"column": column}))
        return found
