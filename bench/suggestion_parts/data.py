"""The data sets, read as they were published."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from signage.core.findings import Kind
from signage.core.findings.dirt import dirt

OF_ENTITIES: Mapping[str, Kind] = {
    "EMAIL_ADDRESS": "email", "PHONE_NUMBER": "phone", "CREDIT_CARD": "card", "IBAN_CODE": "iban",
    "DOMAIN_NAME": "url", "STREET_ADDRESS": "address", "PERSON": "probable_name",
}  # fmt: skip
OF_NUMBERS: Mapping[str, Kind] = {
    "phone": "phone", "personnummer": "personal_number", "cpr": "personal_number",
    "fodselsnummer": "personal_number", "steuer_id": "personal_number", "hetu": "personal_number",
    "iban": "iban", "cvr": "organisation_number", "orgnr": "organisation_number",
}  # fmt: skip
FORMS = ("long_format", "short_format", "separated_format", "separated_long")
PRODUCTS = ("sv", "da", "nb", "fi", "en", "de", "fr")
LISTS = {"en": "en", "sv": "sv", "da": "da", "nb": "no", "fi": "fi", "de": "de"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """comment[start:end] is of this kind, somebody says."""

    comment: str
    start: int
    end: int
    kind: Kind


def labelled(data: Path) -> Iterator[Labelled]:
    """Everything that is labelled as something to find: sentences, and numbers in a sentence that
    says nothing of what they are."""
    for row in json.loads((data / "privacy" / "synth_dataset_v2.json").read_text("utf-8")):
        for span in row["spans"]:
            if kind := OF_ENTITIES.get(span["entity_type"]):
                yield Labelled(row["full_text"], span["start_position"], span["end_position"], kind)
    for number, kind in _numbers(data / "privacy"):
        yield Labelled(f"So it was {number}, as I said.", 10, 10 + len(number), kind)


def _numbers(folder: Path) -> Iterator[tuple[str, Kind]]:
    for name in ("personnummer_list", "personnummer_interim"):
        for row in json.loads((folder / f"{name}.json").read_text("utf-8")):
            if row["valid"]:
                yield from ((row[form], "personal_number") for form in FORMS if row.get(form))
    # All of these are right organisation numbers: "valid" says that none is a personal number.
    for row in json.loads((folder / "personnummer_orgnumber.json").read_text("utf-8")):
        yield from ((row[form], "organisation_number") for form in FORMS[1:3])
    for row in _rows(folder / "ids_phones.csv"):
        if row["valid"] == "True":
            yield row["value"], OF_NUMBERS[row["kind"]]


def french(data: Path) -> Iterator[tuple[str, str]]:
    """Comment, language: what customers of a garden centre wrote."""
    rows = _rows(data / "nps_fr" / "nps_utf8.csv")
    yield from ((row["explication"], "fr") for row in rows if row["explication"].strip())


def english(data: Path) -> Iterator[tuple[str, str]]:
    """Comment, language: what passengers wrote of their seats."""
    yield from ((row["content"], "en") for row in _rows(data / "reviews_en" / "seat_reviews.csv"))


ORDINARY: Mapping[str, Callable[[Path], Iterator[tuple[str, str]]]] = {
    "nps_fr": french,
    "reviews_en": english,
}


def offensive(data: Path) -> Iterator[tuple[str, bool]]:
    """Danish posts, and whether somebody called them offensive."""
    path = data / "toxicity_da" / "offenseval-da-training-v1.tsv"
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["tweet"] and row["subtask_a"]:
                yield row["tweet"], row["subtask_a"].strip() == "OFF"


def sentences(data: Path) -> Iterator[tuple[str, str]]:
    """Sentence, language, of all languages that are there."""
    rows = _rows(data / "languages" / "sentences.csv")
    yield from ((row["text"], row["lang"]) for row in rows if row["kind"] == "sentences")


def words_of(data: Path) -> Iterator[tuple[str, float, int]]:
    """Language, share of single words of a published list that the product knows, how many. The
    lists hold many words that are no dirt in a comment, so the share says little by itself."""
    for code, name in LISTS.items():
        lines = (data / "words" / f"ldnoobw_v2_{name}.txt").read_text("utf-8").splitlines()
        words = [line.strip().lower() for line in lines if line.strip() and " " not in line.strip()]
        yield (
            code,
            100 * sum(dirt(code).level(word) is not None for word in words) / len(words),
            len(words),
        )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
