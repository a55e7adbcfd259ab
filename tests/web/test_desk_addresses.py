"""No page of the desk goes by without being looked at."""

from flask import Flask
from werkzeug.exceptions import NotFound

from tests.browser.desk_pages import PAGES, PARTS


def test_each_page_of_the_desk_is_among_those_that_are_looked_at(app: Flask) -> None:
    addresses = app.url_map.bind("localhost")
    there = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/desk/") and "GET" in (rule.methods or set())
    }
    seen = set()
    for page in PAGES:
        try:
            seen.add(addresses.match(page.partition("?")[0], method="GET")[0])
        except NotFound:
            assert page == "/desk/nowhere"

    assert len(set(PAGES)) == len(PAGES)
    assert there - seen == PARTS
