# ruff: noqa: INP001, T201 - a program beside the module it shares; it prints what it has to say
"""Write Chromium's managed policies for the wall that kiosk.toml names.

    policies.py CONFIG RUNTIME TARGET [HOME]

TARGET is a file in /etc/chromium/policies/managed, or - to print them. HOME is where the kiosk's
pages are opened from, if not from beside this file. Nothing but the wall and those pages may be
opened. Run as root before every start, so that a new address in kiosk.toml is let in.
"""

import json
import sys
from pathlib import Path

from wall_address import BadConfigError, WallAddress, read_address

HOME = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Write the policies; an unusable address leaves only the kiosk's own pages open."""
    if len(arguments) not in {3, 4}:
        print(__doc__, file=sys.stderr)
        return 2
    config, runtime, target, home = (Path(argument) for argument in [*arguments, str(HOME)][:4])
    try:
        address = read_address(config)
    except BadConfigError:
        address = None  # the launcher says why, and shows what to do
    text = json.dumps(policies(address, runtime, home), indent=2, sort_keys=True) + "\n"
    if str(target) == "-":
        print(text, end="")
    else:
        replace(target, text)
    return 0


def policies(address: WallAddress | None, runtime: Path, home: Path) -> dict[str, object]:
    """The fixed policies of policies.json with the addresses that this kiosk may open."""
    chosen: dict[str, object] = json.loads((HOME / "chromium" / "policies.json").read_text("utf-8"))
    own_pages = [(home / "pages").as_uri(), (runtime / "start.html").as_uri()]
    chosen["URLAllowlist"] = own_pages + ([address.pattern] if address else [])
    if address:
        chosen["LocalNetworkAccessAllowedForUrls"] = [address.origin]
    if address and address.scheme == "http":
        # Service workers, and with them a start without the server, need a secure origin.
        chosen["OverrideSecurityRestrictionsOnInsecureOrigin"] = [address.origin]
    return chosen


def replace(target: Path, text: str) -> None:
    """Put `text` in place in one step, readable to all; leave an equal file alone."""
    if target.is_file() and target.read_text("utf-8") == text:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    draft.chmod(0o644)
    draft.replace(target)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
