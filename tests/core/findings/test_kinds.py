"""What each finder sees, and what it leaves alone."""

import pytest

from signage.core.findings import Finding, Known, find

Seen = tuple[str, str, str]


NOBODY = Known()


def seen(comment: str, language: str | None = None, known: Known = NOBODY) -> list[Seen]:
    found: tuple[Finding, ...] = find(comment, language=language, known=known)
    return [(comment[each.start : each.end], each.kind, each.level) for each in found]


@pytest.mark.parametrize(
    ("comment", "part", "kind", "level"),
    [
        ("Write to anna.berg+x@mail.example.se!", "anna.berg+x@mail.example.se", "email", "high"),
        ("j'.berg@example.fr", "berg@example.fr", "email", "high"),
        ("anna (at) example dot se, please", "anna (at) example dot se", "email", "medium"),
        ("See https://example.com/a?b=1.", "https://example.com/a?b=1", "url", "high"),
        ("(www.example.se)", "www.example.se", "url", "high"),
        ("on example.com yesterday", "example.com", "url", "medium"),
        ("GB33 BUKB 2020 1555 5555 55 is mine", "GB33 BUKB 2020 1555 5555 55", "iban", "high"),
        ("se3550000000054910000003", "se3550000000054910000003", "iban", "high"),
        ("GB34 BUKB 2020 1555 5555 55", "GB34 BUKB 2020 1555 5555 55", "iban", "medium"),
        ("4111-1111-1111-1111", "4111-1111-1111-1111", "card", "high"),
        ("3782 822463 10005", "3782 822463 10005", "card", "high"),
        ("4111 1111 1111 1112", "4111 1111 1111 1112", "card", "medium"),
        ("Box 1204 ligger där", "Box 1204", "address", "medium"),
        ("lgh 1102", "lgh 1102", "address", "low"),
    ],
)
def test_what_says_itself_is_found_in_any_language(
    comment: str, part: str, kind: str, level: str
) -> None:
    assert seen(comment) == [(part, kind, level)]


@pytest.mark.parametrize(
    "number",
    [
        "811218-9876", "8112189876", "19811218-9876", "198112189876", "811218+9876",  # SE
        "811278-9873", "811218-T873",  # SE: coordination number, interim number
        "010170-1234", "0101701239",  # DK
        "01017012343", "010170 12343",  # NO
        "131052-308T", "131052A308T",  # FI
        "86095742719", "86 095 742 719",  # DE
    ],
)  # fmt: skip
def test_personal_numbers_of_five_countries_are_found(number: str) -> None:
    found = seen(f"Mitt nummer, {number}, stod där.")

    assert [(part, kind) for part, kind, _ in found] == [(number, "personal_number")]


@pytest.mark.parametrize("number", ["811318-9876", "991399-1234", "320252-308Y", "12345678901"])
def test_a_number_with_an_impossible_date_is_no_personal_number(number: str) -> None:
    assert "personal_number" not in [kind for _, kind, _ in seen(f"It was {number}.")]


@pytest.mark.parametrize(
    "number",
    [
        "556703-7485", "5567037485", "SE556703748501", "CVR 13585628", "DK13585628",
        "974 760 673", "NO 974760673 MVA", "2077474-0", "FI20774740", "DE136695976", "HRB 86891",
    ],
)  # fmt: skip
def test_organisation_numbers_of_five_countries_are_found(number: str) -> None:
    found = seen(f"Det var {number} tror jag.")

    assert [(part, kind) for part, kind, _ in found] == [(number, "organisation_number")]


@pytest.mark.parametrize(
    ("number", "language", "level"),
    [
        ("+46 70 123 45 67", None, "high"),
        ("0046701234567", None, "high"),
        ("070-123 45 67", "sv", "high"),
        ("08-12 34 56", "sv", "high"),
        ("34 41 23 45", "da", "medium"),
        ("40 61 23 45", "nb", "medium"),
        ("041 2345678", "fi", "high"),
        ("030 123456", "de", "high"),
        ("01 23 45 67 89", "fr", "high"),
        ("0121 234 5678", "en", "high"),
        ("070-123 45 67", "en", "medium"),
        ("(201) 555-0123", "en", "medium"),
        ("９７ ０７０ １２３４５", "fi", "low"),
    ],
)
def test_phone_numbers_are_found_as_people_write_them(
    number: str, language: str | None, level: str
) -> None:
    assert seen(f"Så det var {number}.", language) == [(number, "phone", level)]


def test_a_word_before_a_number_makes_it_a_phone_number() -> None:
    assert seen("Ring 123 456 så svarar jag", "sv") == [("123 456", "phone", "high")]


@pytest.mark.parametrize(
    "comment",
    [
        "Levererades 2024-03-12 kl. 10.30-12.30",
        "12.05.2024 and 05/12/2024, 2019-2020 and 2019/2020",
        "Vi betalade 1 000 000 kr och sedan 12 500 000 kr",
        "It was €12345678 or 12.345.678 in total",
        "Seat 42A of a 777-300 or A330-200",
        "The score was 100000000 of 10",
        "öppet 09.00-17.00 10.00-14.00",
    ],
)
def test_dates_times_prices_and_spans_are_no_phone_numbers(comment: str) -> None:
    assert seen(comment, "sv") == []


@pytest.mark.parametrize(
    ("comment", "language", "part"),
    [
        ("bor på Storgatan 12 B sedan", "sv", "Storgatan 12 B"),
        ("på Vestergade 7, tror jeg", "da", "Vestergade 7"),
        ("i Kirkeveien 114 da", "nb", "Kirkeveien 114"),
        ("osoite on Mannerheimintie 5 A", "fi", "Mannerheimintie 5 A"),
        ("in der Lindenstraße 23 wohnt", "de", "Lindenstraße 23"),
        ("au 12 bis rue de la Paix,", "fr", "12 bis rue de la Paix"),
        ("at 221B Baker Street, upstairs", "en", "221B Baker Street"),
    ],
)
def test_streets_are_found_in_seven_languages(comment: str, language: str, part: str) -> None:
    assert seen(comment, language) == [(part, "address", "high")]


@pytest.mark.parametrize(
    ("comment", "language"),
    [
        ("Vi väntade på vägen 5 minuter", "sv"),
        ("Gatan 3 gånger om dagen", "sv"),
        ("Platz 5 war schmutzig", "de"),
        ("place 12 dans le bus", "fr"),
    ],
)
def test_a_number_behind_an_ordinary_word_is_no_address(comment: str, language: str) -> None:
    assert seen(comment, language) == []


STAFF = Known(staff=("Anna Sjögren", "Bo"))


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("Tack till Anna Sjögren!", [("Anna Sjögren", "staff_name", "high")]),
        ("anna sjögrens hjälp", [("anna sjögrens", "staff_name", "high")]),
        ("Bo hjälpte oss", [("Bo", "staff_name", "high")]),
        ("Sjögren var bra", [("Sjögren", "staff_name", "medium")]),
        ("Jag vill bo här", [("bo", "staff_name", "medium")]),
        ("Bosse kom", []),
    ],
)
def test_names_on_the_list_are_found_whole_in_part_and_with_endings(
    comment: str, expected: list[Seen]
) -> None:
    assert seen(comment, "sv", STAFF) == expected


def test_the_longest_of_names_that_begin_alike_is_found_also_among_many() -> None:
    known = Known(staff=("Anna", *(f"Anna Maria {chr(97 + n % 26) * 3}{n}" for n in range(2000))))

    assert seen("Anna Maria aaa och Anna Maria", "sv", known)[0][0] == "Anna Maria aaa"
    assert len(seen("Anna Maria " * 300, "sv", known)) == 200


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("Min order ORD-123456 kom", [("ORD-123456", "order_number", "high")]),
        ("ord 123456", [("ord 123456", "order_number", "high")]),
        ("ORD-1234567", []),
        ("AB.c123", [("AB.c123", "order_number", "high")]),
    ],
)
def test_templates_of_order_numbers_are_read_letter_by_letter(
    comment: str, expected: list[Seen]
) -> None:
    assert (
        seen(comment, "sv", Known(orders=("ORD-######", "??.c###", "(a+)+#", "#" * 99))) == expected
    )


@pytest.mark.parametrize(
    ("comment", "language", "part"),
    [
        ("What a fucking mess", "en", "fucking"),
        ("Fan vad dåligt", "sv", "Fan"),
        ("jävla skit", "sv", "jävla"),
        ("for helvede da", "da", "helvede"),
        ("Faen heller", "nb", "Faen"),
        ("Vittu mitä palvelua", "fi", "Vittu"),
        ("so eine Scheiße", "de", "Scheiße"),
        ("quelle merde", "fr", "merde"),
        ("f**k this", "en", "f**k"),
        ("fuuuuck", "en", "fuuuuck"),
    ],
)
def test_dirty_words_are_found_in_seven_languages(comment: str, language: str, part: str) -> None:
    assert part in [word for word, kind, _ in seen(comment, language) if kind == "dirty_word"]


@pytest.mark.parametrize(
    ("comment", "language"),
    [
        ("Filmen var slut och farten hög", "sv"),
        ("Jag är ett stort fan av er", "sv"),
        ("Varorna är slutsålda, prick klockan tre", "sv"),
        ("I fart og til slut, prøv igen, røverkøb", "da"),
        ("Til slutt i stor fart, skitur og prikk", "nb"),
        ("Die dicke Frau mit hellem Licht auf der Fahrt", "de"),
        ("Gros retard, la douche fuit, les assurances", "fr"),
        ("Persian kulkea persilja", "fi"),
        ("The cocktail in the cockpit, assess the assistant", "en"),
    ],
)
def test_words_that_are_ordinary_in_a_language_are_left_alone(comment: str, language: str) -> None:
    assert seen(comment, language) == []


def test_of_an_unknown_language_only_what_is_dirty_in_one_and_ordinary_in_none() -> None:
    assert seen("slut fart fan retard hell") == []
    assert seen("merde perkele") == [
        ("merde", "dirty_word", "medium"), ("perkele", "dirty_word", "medium"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("comment", "language", "part", "level"),
    [
        ("Jag heter Anna Berg och", "sv", "Anna Berg", "high"),
        ("mit navn er Jens", "da", "Jens", "high"),
        ("je m'appelle Zoé Petit.", "fr", "Zoé Petit", "high"),
        ("ich heiße Ulf", "de", "Ulf", "high"),
        ("Frau Schulze war nett", "de", "Frau Schulze", "medium"),
        ("Danke an Sabine Vogel", "de", "Sabine Vogel", "medium"),
        ("Thanks to Linda in the shop", "en", "Linda", "low"),
        ("Ring Anna Svensson", "sv", "Anna Svensson", "medium"),
        ("Ring Karin på torsdag", "sv", "Karin", "low"),
        ("Call Anna on Monday.", "en", "Anna", "low"),
    ],
)
def test_probable_names_are_told_with_how_sure_it_is(
    comment: str, language: str, part: str, level: str
) -> None:
    assert seen(comment, language) == [(part, "probable_name", level)]


HOSTILE = (
    "@", "a@", "a.", "A.", "A ", "1 ", "1-", "12 ", "(", "GB12 ", "www.", "http://", "aA", "A-",
    "Rue ", "1 rue ", "12 A", "Anna ", "Dr ", "f*", "*", "ooo", "x. ", "070-", "1/1/", "+1", "ſ",
)  # fmt: skip


@pytest.mark.parametrize("part", HOSTILE)
def test_no_comment_takes_long_however_it_repeats_itself(part: str) -> None:
    # It would not end within the time of the whole suite if any finder took the square.
    find(part * (20_000 // len(part)), language="sv", known=Known(("Anna Anna Anna",), ("A### #",)))
