"""Which sites may show a wall in a frame."""

import pytest

from signage.core.origins import is_origin, split_origins


@pytest.mark.parametrize(
    "text",
    [
        "https://signs.example.com", "https://signs.example.com:8443", "http://localhost:8080",
        "https://*.example.com", "http://192.168.1.20", "https://xn--skrm-loa.example",
    ],
)  # fmt: skip
def test_a_scheme_a_host_and_perhaps_a_port(text: str) -> None:
    assert is_origin(text)


@pytest.mark.parametrize(
    "text",
    [
        "signs.example.com", "*", "https://*", "https:", "'self'", "data:", "file:///",
        "https://a.example/path", "https://a.example?x", "https://me@a.example",
        "https://a.example;script-src", "https://a.example:", "https://a.example:99999",
        "https://a.*.example", "https://-a.example", "https://", "https://a..example",
        "https://å.example",
    ],
)  # fmt: skip
def test_nothing_else_gets_into_the_header(text: str) -> None:
    assert not is_origin(text)


def test_typed_by_line_comma_or_space_each_once() -> None:
    typed = "https://A.example/\n https://b.example,https://a.example  "
    assert split_origins(typed) == ["https://a.example", "https://b.example"]
    assert split_origins(" \n") == []
