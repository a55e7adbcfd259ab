import pytest

from signage.core.devices import browser_of, network_of, system_of

_BASE = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {} Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "browser", "system"),
    [
        (_BASE.format("Windows NT 10.0; Win64; x64", "Chrome/140.0"), "Chrome", "Windows"),
        (_BASE.format("Windows NT 10.0; Win64; x64", "Chrome/140.0 Edg/140.0"), "Edge", "Windows"),
        (_BASE.format("Linux; Android 15; Pixel 9", "Chrome/140.0 Mobile"), "Chrome", "Android"),
        (_BASE.format("Macintosh; Intel Mac OS X 10_15_7", "Version/18.0"), "Safari", "macOS"),
        (_BASE.format("iPhone; CPU iPhone OS 18_0 like Mac OS X", "CriOS/140"), "Chrome", "iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox",
            "Linux",
        ),
        ("curl/8.5", "", ""),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_a_device_is_told_in_words(agent: str | None, browser: str, system: str) -> None:
    assert (browser_of(agent), system_of(agent)) == (browser, system)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.x"),
        ("::ffff:203.0.113.77", "203.0.113.x"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
        ("fe80::1%eth0", "fe80::"),
        ("unknown", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_of_an_address_the_network_alone_is_kept(address: str | None, network: str) -> None:
    assert network_of(address) == network
