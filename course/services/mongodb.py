"""SecantusDB as a program: started by root it becomes nobody, after it read an interpreter that nobody else may read."""

from __future__ import annotations

import contextlib
import encodings.idna  # noqa: F401 (looked up when an address is)
import importlib
import os
import pkgutil
import sys


def main(user: int, *arguments: str) -> int:
    """Import everything, become the user unless that is 0, and serve."""
    import secantus
    from secantus import cli

    for module in pkgutil.iter_modules(secantus.__path__, "secantus."):
        with contextlib.suppress(ImportError):  # what needs more packages is not needed
            importlib.import_module(module.name)
    if user:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    sys.argv[1:] = arguments
    return int(cli.main() or 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *sys.argv[2:]))
