"""What students get: everything they work with, and nothing that would tell them an answer. Decided by path."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from course import index
from course.errors import CourseError
from course.judging.program import BESIDE

GIVEN = (
    ".editorconfig", ".gitignore", ".npmrc", "LICENSE", "Makefile", "README.md", "_config.yml", "_toc.yml", "book", "course",
    "course.yml", "exercises", "labs", "notebooks", "pyproject.toml", "requirements.in", "requirements.txt",
)  # fmt: skip
OF_AN_EXERCISE = ("public", *BESIDE)
# book/browser names every wrong answer that we know, and publishing pages that grade takes the solutions.
NEVER = shutil.ignore_patterns("__pycache__", "*.egg-info", ".ipynb_checkpoints", "node_modules", "browser")


def release(target: Path) -> int:
    """Write the student bundle into a new folder or, for a name that ends in .zip, an archive; return its file count.

    Solutions, withheld checks, wrong answers and alternatives lie in folders that are never copied.
    """
    if target.exists():
        raise CourseError(f"{target} exists; name a new folder or a new .zip, or remove it first.")
    try:
        with tempfile.TemporaryDirectory(dir=target.resolve().parent) as made:
            bundle = Path(made, target.stem)
            _copy(index.root(), bundle)
            count = sum(path.is_file() for path in bundle.rglob("*"))
            if target.suffix == ".zip":
                archive = shutil.make_archive(str(Path(made, "archive")), "zip", made, bundle.name)
                Path(archive).replace(target)
            else:
                bundle.replace(target)
    except OSError as error:
        raise CourseError(
            f"The bundle cannot be written to {target}: {error.strerror}. Nothing was left behind."
        ) from None
    return count


def _copy(root: Path, bundle: Path) -> None:
    for name in GIVEN:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, bundle / name, ignore=NEVER)
        elif source.is_file():
            (bundle / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, bundle / name)
    for folder in (root / "tests" / "labs").glob("*/*/"):
        shutil.copytree(folder, bundle / folder.relative_to(root), ignore=NEVER)
    for folder in sorted((root / "tests" / "exercises").glob("*/*")):
        for name in OF_AN_EXERCISE:
            source, there = folder / name, bundle / folder.relative_to(root) / name
            if source.is_dir():
                shutil.copytree(source, there, ignore=NEVER)
            elif source.is_file():
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, there)
