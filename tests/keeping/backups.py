"""Backups as tests of restoring need them."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

NAMES = ("backup.json", "secret-key", "signage.db")


def made_of(backup: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Another .tar, with something else in it."""
    with tarfile.open(backup) as tar:
        found = {name: tar.extractfile(name).read() for name in NAMES}  # type: ignore[union-attr]
    change(found)
    other = backup.with_name("other.tar")
    with tarfile.open(other, "w") as tar:
        for name, content in found.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return other


def content_of(folder: Path) -> dict[str, bytes]:
    names = ("signage.db", "secret-key")
    return {name: (folder / name).read_bytes() for name in names if (folder / name).exists()}
