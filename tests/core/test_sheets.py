import pytest

from signage.core.sheets import cell


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""), ("", ""), (7, "7"), (-7, "-7"), ("Good.", "Good."), ("a=1", "a=1"),
        ("=1+1", "'=1+1"), ("+46 70", "'+46 70"), ("-", "'-"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), (" =1", "' =1"), ("＝1", "'＝1"), ("'=1", "'=1"),
        ("– and so on", "– and so on"),
    ],
)  # fmt: skip
def test_what_could_be_a_formula_is_text(value: object, written: str) -> None:
    assert cell(value) == written
