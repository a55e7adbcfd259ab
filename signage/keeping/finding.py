"""One line of what the doctor says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from signage.words import N_, translate


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing."""

    what: str
    wrong: bool
    text: str
    """English, marked with N_; says what to do where something is wrong."""
    params: Mapping[str, object] = field(default_factory=dict)

    def line(self) -> str:
        """In the language in force."""
        state = translate(N_("WRONG")) if self.wrong else translate(N_("ok"))
        return f"{state}: {translate(self.what)}: {translate(self.text).format(**self.params)}"
