"""Names and numbers, as an admin keeps them."""

from tests.web.conftest import Browser

PAGE = "/desk/settings/lists"


def test_empty_lists_say_what_they_are_for(desk: Browser) -> None:
    page = desk.get(PAGE).text

    assert "No names yet" in page
    assert "No patterns yet" in page
    assert PAGE in desk.get("/desk/settings").text


def test_names_are_added_and_taken_off(desk: Browser) -> None:
    added = desk.post(f"{PAGE}/staff", lines="Anna Sjögren\nBo Ek\r\n\r\n")
    assert added.headers["Location"] == PAGE
    page = desk.get(PAGE).text
    assert "Added: 2." in page
    assert "<bdi>Anna Sjögren</bdi>" in page

    desk.post(f"{PAGE}/words/1/removal")
    page = desk.get(PAGE).text
    assert "<bdi>Anna Sjögren</bdi>" not in page
    assert "<bdi>Bo Ek</bdi>" in page
    assert desk.post(f"{PAGE}/words/1/removal").status_code == 404


def test_a_bad_pattern_is_told_and_stays_as_typed(desk: Browser) -> None:
    refused = desk.post(f"{PAGE}/order", lines="(a+)+$")

    assert refused.status_code == 422
    assert "Write # for each digit, at least three, such as ORD-######." in refused.text
    assert ">(a+)+$</textarea>" in refused.text
    assert desk.post(f"{PAGE}/colours", lines="red").status_code == 404


def test_nobody_sees_them_without_signing_in(nobody: Browser) -> None:
    assert nobody.get(PAGE).status_code == 302
    assert nobody.post(f"{PAGE}/staff", lines="Bo Ek").status_code == 302
