"""`python -m signage` and the `signage` command."""

import sys
from importlib import import_module

SERVING = {"serve", "demo"}


def main() -> None:
    """Run a command. A serving one makes blocking calls cooperative first, before anything else
    is imported: gevent asks for that."""
    if SERVING.intersection(sys.argv[1:2]):
        from gevent import monkey

        monkey.patch_all()
    from signage.cli import commands

    for name in (
        "signage.serve",
        "signage.import_command",
        "signage.keep_command",
        "signage.move_command",
        "signage.screen_commands",
        "signage.simulate_command",
    ):
        import_module(name)  # adds its commands

    commands()


if __name__ == "__main__":
    main()
