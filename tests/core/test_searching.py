import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.searching import MOST_TERMS, Term, marked, places, terms_of


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", ()),
        ("  \n", ()),
        ("!?* 😀 …", ()),
        ("Bra För", (Term(("bra",)), Term(("för",)))),
        ('"i tid" lev*', (Term(("i", "tid")), Term(("lev",), prefix=True))),
        ('"never ended', (Term(("never", "ended")),)),
        ('"lev*"', (Term(("lev",)),)),
        ("e-post e-po*", (Term(("e", "post")), Term(("e", "po"), prefix=True))),
        ("a a A", (Term(("a",)),)),
        ("a\0b", (Term(("a", "b")),)),
        ("a\u030a", (Term(("å",)),)),
    ],
)
def test_what_is_typed_becomes_terms(typed: str, terms: tuple[Term, ...]) -> None:
    assert terms_of(typed) == terms


def test_there_is_a_most_of_terms_and_of_letters() -> None:
    assert len(terms_of(" ".join(f"w{n}" for n in range(100)))) == MOST_TERMS
    assert len(terms_of("x" * 5000)[0].words[0]) == 200


def test_words_are_found_where_they_stand() -> None:
    text = "För sent, för dyrt: FÖRSENAT. For."

    assert [text[a:b] for a, b in places(text, terms_of("för"))] == ["För", "för"]
    assert [text[a:b] for a, b in places(text, terms_of("för*"))] == ["För", "för", "FÖRSENAT"]
    assert [text[a:b] for a, b in places(text, terms_of('"sent för"'))] == ["sent, för"]
    assert [text[a:b] for a, b in places(text, terms_of('"för sent" sent'))] == ["För sent"]


def test_a_long_text_is_shown_around_the_first_place() -> None:
    text = f"{'before ' * 60}needle{' after' * 60}"
    shown = marked(text, terms_of("needle"), most=200)

    assert [each.text for each in shown if each.found] == ["needle"]
    assert shown[0].text == "… "
    assert shown[-1].text.endswith(" …")
    assert len("".join(each.text for each in shown)) <= 210


@given(st.text(max_size=300), st.text(max_size=30), st.integers(20, 200))
def test_what_is_marked_is_the_text_and_nothing_else(text: str, typed: str, most: int) -> None:
    shown = "".join(each.text for each in marked(text, terms_of(typed), most=most))

    assert shown.removeprefix("… ").removesuffix(" …") in text or shown in text
