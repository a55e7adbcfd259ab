"""A comment's language: the product's seven, and nothing for others."""

import pytest

from signage.core.languages import detect

SAID = {
    "en": "The staff were friendly, but we waited far too long at the till.",
    "sv": "Personalen var trevlig, men vi fick vänta alldeles för länge i kassan.",
    "da": "Personalet var venligt, men vi ventede alt for længe ved kassen.",
    "nb": "De ansatte var hyggelige, men vi måtte vente altfor lenge i kassen.",
    "fi": "Henkilökunta oli ystävällistä, mutta kassalla piti odottaa liian kauan.",
    "de": "Das Personal war freundlich, aber an der Kasse warteten wir viel zu lange.",
    "fr": "Le personnel était aimable, mais l’attente à la caisse était bien trop longue.",
}


@pytest.mark.parametrize("code", SAID)
def test_the_products_languages_are_told_apart(code: str) -> None:
    assert detect(SAID[code]) == code


@pytest.mark.parametrize(
    "comment",
    [
        "Het personeel was vriendelijk, maar we moesten veel te lang wachten.",
        "El personal fue amable, pero esperamos demasiado en la caja.",
        "Obsługa była miła, ale czekaliśmy o wiele za długo przy kasie.",
        "Personel çok nazikti ama kasada çok uzun süre bekledik.",
        "كان الموظفون ودودين لكننا انتظرنا طويلا عند الصندوق",
        "Персонал был приветлив, но мы слишком долго ждали на кассе.",
    ],
)
def test_other_languages_are_none_of_them(comment: str) -> None:
    assert detect(comment) is None


@pytest.mark.parametrize(
    "comment",
    ["", "   ", "🙂🙂🙂", "10/10", "ok", "anna@example.se", "https://example.com/the-shop"],
)
def test_too_little_says_nothing(comment: str) -> None:
    assert detect(comment) is None


def test_words_that_only_one_neighbour_spells_so_decide() -> None:
    assert detect("Jeg fikk ikke noe hjelp av dere") == "nb"
    assert detect("Jeg fik ikke noget hjælp af jer") == "da"


def test_a_very_long_comment_is_told_by_its_beginning() -> None:
    assert detect(SAID["fi"] + " xx" * 100_000) == "fi"
