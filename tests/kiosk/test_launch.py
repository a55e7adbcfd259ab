"""The launcher, run for real on a device made of files."""

import pytest

from .pi import KIOSK, TELL, Pi

KEY = "s3cret-key"
# Nothing listens on port 9 of this machine: the server is down.
WALL = f"http://127.0.0.1:9/wall#{KEY}"
LOW_MEMORY = ["--enable-low-end-device-mode", "--renderer-process-limit=1", "--process-per-site"]


@pytest.fixture
def configured(pi: Pi) -> Pi:
    pi.config.write_text(f'wall = "{WALL}"\n')
    return pi


def test_chromium_opens_the_start_page_full_screen_with_its_own_profile(configured: Pi) -> None:
    done = configured.launch()
    handed = configured.handed_to("chromium")
    assert done.returncode == 0
    assert handed[0] == f"--user-data-dir={configured.profile}"
    assert handed[-1] == f"file://{configured.start_page}"
    assert {"--kiosk", "--ozone-platform=wayland", "--remote-debugging-port=9222"} <= set(handed)
    assert all(flag.startswith("--") for flag in handed[:-1])


def test_flags_that_would_weaken_or_forget_are_never_handed_over(configured: Pi) -> None:
    configured.launch()
    never = {"--no-sandbox", "--incognito", "--ignore-certificate-errors", "--disable-gpu"}
    assert not never & set(configured.handed_to("chromium"))


def test_the_key_is_neither_on_the_command_line_nor_in_the_log(configured: Pi) -> None:
    done = configured.launch()
    assert KEY not in "\n".join(configured.handed_to("chromium"))
    assert KEY not in done.stdout + done.stderr
    assert "kiosk: the wall is at http://127.0.0.1:9\n" in done.stderr


def test_the_other_name_of_chromium_is_found(configured: Pi) -> None:
    (configured.root / "programs" / "chromium").unlink()
    configured.stand_in("chromium-browser", TELL.format(name="chromium-browser"))
    assert configured.launch().returncode == 0
    assert "--kiosk" in configured.handed_to("chromium-browser")


def test_without_chromium_it_says_what_to_do(configured: Pi) -> None:
    (configured.root / "programs" / "chromium").unlink()
    done = configured.launch()
    assert done.returncode == 69
    assert done.stderr == "kiosk: Chromium is not installed: run install.sh again\n"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "is missing"),
        ("", 'has no line wall = "https://…"'),
        ("wall = 7", "must be an address in quotation marks"),
        ('wall = " "', "must be an address in quotation marks"),
        (f"wall = https://a/{KEY}", "is not TOML (at line 1, column 8)"),
        (f'wall = "ftp://wall.example/#{KEY}"', "must begin with https:// or http://"),
        (f'wall = "javascript:alert({KEY})"', "must begin with https:// or http://"),
        (f'wall = "file:///etc/{KEY}"', "must begin with https:// or http://"),
        (f'wall = "wall.example/wall#{KEY}"', "must begin with https:// or http://"),
        (f'wall = "https:///wall#{KEY}"', "names no server"),
        (f'wall = "https://wall.example:port/#{KEY}"', "is not an address"),
        (f'wall = "https://me:{KEY}@wall.example/"', "must hold no user name and no password"),
        (f'wall = "https://wall.example/ #{KEY}"', "holds a space or a sign"),
        (f"wall = 'https://wall.example/\"><script>#{KEY}'", "holds a space or a sign"),
    ],
)
def test_a_bad_address_shows_what_to_do_and_says_why(
    pi: Pi, written: str | None, said: str
) -> None:
    if written is not None:
        pi.config.write_text(written)
    done = pi.launch()
    assert done.returncode == 0
    assert said in done.stderr
    assert KEY not in done.stderr
    assert pi.handed_to("chromium")[-1] == f"file://{KIOSK}/pages/unconfigured.html"
    assert not pi.start_page.exists()


def test_an_address_that_is_not_text_is_refused(pi: Pi) -> None:
    pi.config.write_bytes(b'wall = "https://v\xe4gg.example/"')
    assert "is not UTF-8 text" in pi.launch().stderr


def test_a_file_saved_on_windows_is_read(pi: Pi) -> None:
    pi.config.write_bytes(b'\xef\xbb\xbf# mine\r\nwall = "http://127.0.0.1:9/wall#k"\r\n')
    pi.launch()
    assert pi.handed_to("chromium")[-1] == f"file://{pi.start_page}"


def test_locks_of_an_earlier_host_name_are_removed_and_the_rest_is_kept(configured: Pi) -> None:
    configured.profile.mkdir()
    for name in ("SingletonLock", "SingletonSocket", "SingletonCookie"):
        (configured.profile / name).symlink_to("old-name-1234")
    (configured.profile / "Local State").write_text("{}")
    configured.launch()
    assert [entry.name for entry in configured.profile.iterdir()] == ["Local State"]


@pytest.mark.parametrize(("mib", "added"), [(900, True), (1536, True), (1537, False)])
def test_a_small_device_gets_the_flags_for_small_devices(
    configured: Pi, mib: int, added: bool
) -> None:
    configured.has_memory(mib=mib)
    configured.launch()
    handed = configured.handed_to("chromium")
    assert [flag for flag in LOW_MEMORY if flag in handed] == (LOW_MEMORY if added else [])


def test_a_display_that_arrives_late_is_waited_for(configured: Pi) -> None:
    """It comes in two steps, as on a Pi: connected first, its modes a moment later."""
    configured.connect("disconnected", "")
    configured.stand_in(
        "sleep",
        "#!/bin/bash\n"
        'echo "$1" >>"$SEEN/sleep"\n'
        'mapfile -t naps <"$SEEN/sleep"\n'
        'display="$ROOT/drm/card1-HDMI-A-1"\n'
        'if ((${#naps[@]} == 2)); then echo connected >"$display/status"; fi\n'
        'if ((${#naps[@]} == 4)); then echo 1920x1080 >"$display/modes"; fi\n',
    )
    assert configured.launch().returncode == 0
    assert configured.handed_to("sleep") == ["0.01"] * 4
    assert "--kiosk" in configured.handed_to("chromium")


@pytest.mark.parametrize(("status", "modes"), [("disconnected", "800x600\n"), ("connected", "")])
def test_with_no_display_it_gives_up_so_that_the_compositor_begins_again(
    configured: Pi, status: str, modes: str
) -> None:
    configured.connect(status, modes)
    done = configured.launch(KIOSK_DISPLAY_TRIES="3")
    assert done.returncode == 75
    assert done.stderr == "kiosk: no display is connected; starting again\n"
    assert configured.handed_to("chromium") == []
