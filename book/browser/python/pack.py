"""Turn Python sources into archives of byte code; runs in the interpreter that will load them, when the site is built."""

from __future__ import annotations

import ast
import importlib._bootstrap_external as bootstrap
import io
import re
import zipfile

# What is never imported here.
SKIP = re.compile(
    r"(^|/)(tests?|testing/suite|__pycache__)/|\.(pyi|pyx|c|h|typed)$|x86_64[^/]*\.so$|-darwin\.so$"
    r"|^(idlelib|turtledemo|tkinter|lib2to3|ensurepip|venv|xmlrpc|wsgiref|pydoc_data|curses|dbm)/|^(turtle|pydoc)\.py$"
)
DATED = (2026, 1, 1, 0, 0, 0)


def byte_code(source: bytes, name: str) -> bytes:
    """Return a .pyc that is used without a look at its source, with docstrings left out."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node, False
        ):
            node.body[0].value.value = ""  # type: ignore[attr-defined]
    code = compile(tree, name, "exec", dont_inherit=True)
    return bytes(bootstrap._code_to_hash_pyc(code, b"\0" * 8, False))  # type: ignore[attr-defined]


def packed(files: dict[str, bytes]) -> bytes:
    """Return a zip of the files, the same for the same files; sources become byte code."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(files.items()):
            if SKIP.search(name):
                continue
            if name.endswith(".py"):
                name, data = f"{name}c", byte_code(data, name)
            archive.writestr(zipfile.ZipInfo(name, DATED), data, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def repacked(raw: bytes) -> bytes:
    """Return an archive of sources as one of byte code."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist() if not name.endswith("/")})
