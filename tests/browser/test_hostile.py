"""Whatever a customer types is text: nothing of it runs, on the desk or on the wall."""

from playwright.sync_api import Browser

from tests.browser.hostile import try_all
from tests.serving import Server

STRINGS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "'-alert(1)-'",
    "</blockquote><h1>Free coffee</h1>",
    "</script><script>alert(1)</script>",
    "<a href='javascript:alert(1)'>well done</a>",
    "<iframe src='https://example.com'></iframe>",
    "<style>*{display:none}</style>",
    "<base href='https://example.com/'>",
    "<form action='https://example.com'><input name=password>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "{{ 7 * 7 }} ${7*7} <%= 7 * 7 %> #{7*7}",
    "%(name)s %s {0} {name} {",
    "]]>--><!--",
    "\u202eesrever si siht\u202c and this is not",
    "a\u0000b\u0007c\u001bd",
    "Z\u0351\u036b\u0343\u036a\u0302\u036ba\u0324\u0356\u0318l\u0329g\u0315o\u0329",
    "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇸🇪 åäö ÆØÅ ß",
    "مرحبا، كانت الخدمة ممتازة",
    '=HYPERLINK("https://example.com","click")',
    "'; DROP TABLE quotes; --",
    "x" * 1500,
    "långt" * 300,
    "\n\n\n  \t  word \r\n",
)


def test_every_string_is_shown_as_text_or_stripped(server: Server, browser: Browser) -> None:
    assert try_all(server, browser, STRINGS) == []
