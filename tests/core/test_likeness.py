"""Who said the same: other spellings count, other meanings do not."""

import pytest

from signage.core.likeness import alike

SAID = "The people in the shop were kind and helped us with the sofa."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SAID, SAID.upper()),
        (SAID, "The people in the shop were very kind and helped us with the sofa!"),
        (SAID, "The peopel in the shop were kind and helpd us with the sofa."),
        ("Inte alls snabb leverans den här gången.", "inte alls snab leverans den här gången"),
    ],
)
def test_another_spelling_says_the_same(one: str, other: str) -> None:
    assert alike(one, [other]) == [True]
    assert alike(other, [one]) == [True]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SAID, SAID.replace("kind", "not kind")),
        (SAID, SAID.replace("kind", "rude")),
        (SAID, SAID.replace("kind", "unkind")),
        (SAID.replace("were", "weren't"), SAID),
        ("Leveransen kom i tid den här gången.", "Leveransen kom inte i tid den här gången."),
        ("Die Lieferung kam dieses Mal an.", "Die Lieferung kam dieses Mal nicht an."),
        ("Personalen var vänlig mot oss i butiken.", "Personalen var ovänlig mot oss i butiken."),
        ("It took 12 days until the van came.", "It took 2 days until the van came."),
        ("Not slow and not rude at all there.", "Not slow and rude at all there."),
    ],
)
def test_another_meaning_does_not(one: str, other: str) -> None:
    assert alike(one, [other]) == [False]
    assert alike(other, [one]) == [False]
