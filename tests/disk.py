"""A disk of a few megabytes for tests, to be filled or made read-only."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class SmallDisk:
    """A file system in memory, mounted at a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filling = folder / "filling"

    def fill(self, *, free: int = 0) -> None:
        """Leave so many bytes free."""
        with self._filling.open("wb") as file:
            room = os.statvfs(self.folder)
            file.write(bytes(max(room.f_bavail * room.f_frsize - free, 0)))

    def clear(self) -> None:
        """Take back what fills it."""
        self._filling.unlink()

    def remount(self, options: str) -> None:
        """Change the size ("size=8m"), or what may be done ("ro", "rw")."""
        _call("mount", "-o", f"remount,{options}", self.folder)


@contextmanager
def mount_small_disk(folder: Path, *, size: str = "4m") -> Iterator[SmallDisk]:
    """Give a disk of a size; skips the test where none can be mounted."""
    folder.mkdir()
    try:
        _call("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"a small disk cannot be mounted here: {error}")
    try:
        yield SmallDisk(folder)
    finally:
        _call("umount", "--lazy", folder)


def _call(*words: object) -> None:
    command = [str(word) for word in words]
    subprocess.run(command, check=True, capture_output=True)
