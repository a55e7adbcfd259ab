"""Letters come out right, whatever wrote them."""

import pytest

from signage.errors import Problem
from signage.intake.encoding import Decoder, wide_encoding

SENTENCES = [
    "Très bon accueil, mais l'attente à la caisse était trop longue.",
    "Être reçu où l'on a déjà été déçu… ça n'arrive plus",
    "Vänlig personal, men kön var för lång på lördagen",
    "Det tok altfor lang tid å få svar på spørsmålet",
    "Ærlig talt: god betjening, dårlig skiltning, rødgrød",
    "Palvelu oli hyvää, mutta määränpää jäi epäselväksi",
    "Schöne Auswahl, größere Parkplätze wären nötig. Übrigens: süß!",
    "ÇA SERAIT MIEUX D'ÊTRE SERVI À L'HEURE",
]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp850"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_one_line_alone_is_recognised(sentence: str, encoding: str) -> None:
    sentence = sentence.replace("…", "...")
    decoder = Decoder()
    assert decoder.decode(sentence.encode(encoding)) == sentence
    assert decoder.counts == {encoding: 1}


def test_windows_marks_are_marks() -> None:
    text = "Il m’a dit « bonjour » – puis “au revoir”… pour 15 €, n° 3"
    assert Decoder().decode(text.encode("cp1252")) == text


def test_one_line_of_both_is_taken_letter_by_letter() -> None:
    line = b"l'\x82tiquette n'\xe9tait pas \xe0 jour, d\x82\x87u"
    decoder = Decoder()
    assert decoder.decode(line) == "l'étiquette n'était pas à jour, déçu"
    assert decoder.counts == {"mixed": 1}


def test_utf8_beside_a_stray_letter_survives() -> None:
    line = "Så bra – tack ".encode() + b"f\xf6r allt"
    assert Decoder().decode(line) == "Så bra – tack för allt"


def test_a_doubtful_letter_goes_with_the_file() -> None:
    mark = "voilà".encode("cp850")
    assert Decoder("déjà reçu, très bien\n".encode("cp850")).decode(mark) == "voilà"
    assert Decoder("déjà reçu, très bien\n".encode("cp1252")).decode(mark) == "voil…"


@pytest.mark.parametrize(
    ("sentence", "encoding"),
    [("Очень хорошее обслуживание", "cp1251"), ("とても良いサービスでした", "shift_jis")],
)
def test_other_scripts_are_refused_not_garbled(sentence: str, encoding: str) -> None:
    decoder = Decoder()
    found = decoder.decode(sentence.encode(encoding))
    assert isinstance(found, Problem)
    assert found.code == "unreadable-letters"
    assert "UTF-8" in found.message()
    assert decoder.counts == {"unreadable": 1}


def test_a_line_of_any_byte_is_text_or_refused() -> None:
    for byte in range(256):
        for line in (bytes([byte]), b"a" + bytes([byte]) + b"b", bytes([byte]) * 5):
            assert isinstance(Decoder().decode(line), str | Problem)


def test_utf16_is_seen_with_and_without_its_mark() -> None:
    text = "id,score\r\n1,9\r\n"
    assert wide_encoding(text.encode("utf-16")) == "utf-16-le"
    assert wide_encoding(text.encode("utf-16-be")) == "utf-16-be"
    assert wide_encoding(text.encode("utf-16-le")) == "utf-16-le"
    assert wide_encoding(text.encode()) is None
    assert wide_encoding(b"\0\0\0\0\0\0\0\0\0\0") is None
