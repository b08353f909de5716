"""What was handed in is found and read, whoever named it; nothing is run, no link is followed."""

from __future__ import annotations

import io
import os
import socket
import stat
import time
import zipfile
from pathlib import Path

import pytest

from course.errors import CourseError
from course.grading.submissions import MAX_DEPTH, bad_name, cells, discover, judged_alone, student
from course.judging.client import Judge

from . import sample_class

STEMS = ["01-pattern-matching", "02-data-model"]
NOTEBOOK = sample_class.file(["# exercise: gate.scan\nx = 1"])


def found(path: Path) -> dict[str, tuple[str, str]]:
    """Return student and refusal of everything that was found, by its path."""
    return {f.source: (f.student, f.refused) for f in discover(path, STEMS)}


def put(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(NOTEBOOK)
    return folder


def archive(path: Path, *names: str) -> Path:
    path.write_bytes(sample_class.zipped(dict.fromkeys(names, NOTEBOOK)))
    return path


# -- whose it is


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("ada_01-pattern-matching.ipynb", "ada"),
        ("ada-lovelace_pattern-matching.ipynb", "ada-lovelace"),
        ("Ada Lovelace data model.ipynb", "Ada Lovelace"),
        ("02-data-model_ada.ipynb", "ada"),
        ("ada_02_data_model.ipynb", "ada"),
        ("DATA-MODEL-ada.ipynb", "ada"),
        ("adalovelace_4711_90210_02-data-model.ipynb", "adalovelace"),
        ("adalovelace_LATE_4711_90210_answers-2.ipynb", "adalovelace"),
        ("müller_4711_90210_answers.ipynb", "müller"),
        ("Ada O'Hara_77_assignsubmission_file_answers.ipynb", "Ada O'Hara"),
        ("s1234567.ipynb", "s1234567"),
        ("02-data-model.ipynb", "02-data-model.ipynb"),
        ("李明_02-data-model.ipynb", "李明"),
    ],
)
def test_a_file_tells_whose_it_is(name: str, whose: str) -> None:
    assert student(name, STEMS) == whose


def test_a_folder_a_student_names_the_student(tmp_path: Path) -> None:
    put(tmp_path, "ada/02-data-model.ipynb", "bo/deep/er/x.ipynb", "ada (2)/02-data-model.ipynb")
    assert {name for name, _ in found(tmp_path).values()} == {"ada", "bo", "ada (2)"}


def test_one_folder_around_everybodys_is_looked_through(tmp_path: Path) -> None:
    archive(tmp_path / "class.zip", "submissions/ada/x.ipynb", "submissions/bo/x.ipynb")
    assert {name for name, _ in found(tmp_path / "class.zip").values()} == {"ada", "bo"}


def test_one_students_deep_folder_is_no_folder_around_everybodys(tmp_path: Path) -> None:
    put(tmp_path, "bo/deep/x.ipynb", "bo/deep/y.ipynb")
    assert {name for name, _ in found(tmp_path).values()} == {"bo"}


def test_moodle_folders_name_the_student(tmp_path: Path) -> None:
    put(tmp_path, "Ada O'Hara_77_assignsubmission_file_/x.ipynb")
    assert found(tmp_path) == {"Ada O'Hara_77_assignsubmission_file_/x.ipynb": ("Ada O'Hara", "")}


def test_one_notebook_is_a_submission_of_its_own(tmp_path: Path) -> None:
    put(tmp_path, "ada_02-data-model.ipynb")
    assert found(tmp_path / "ada_02-data-model.ipynb") == {"ada_02-data-model.ipynb": ("ada", "")}


def test_an_archive_of_an_lms_is_read_like_its_folder(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "all.zip", "ada_1_2_x.ipynb", "Bo B_77_assignsubmission_file_/x.ipynb", "cleo/02-data-model.ipynb"
    )
    assert {name for name, _ in found(path).values()} == {"ada", "Bo B", "cleo"}


def test_an_archive_in_an_archive_belongs_to_its_student(tmp_path: Path) -> None:
    inner = sample_class.zipped({"home/x.ipynb": NOTEBOOK})
    (tmp_path / "all.zip").write_bytes(sample_class.zipped({"ada_1_2_work.zip": inner, "bo/work.zip": inner}))
    assert found(tmp_path / "all.zip") == {
        "ada_1_2_work.zip/home/x.ipynb": ("ada", ""),
        "bo/work.zip/home/x.ipynb": ("bo", ""),
    }


def test_capital_suffixes_and_hidden_files_are_told_apart(tmp_path: Path) -> None:
    put(tmp_path, "ada.IPYNB", ".bo.ipynb", ".ipynb_checkpoints/ada.ipynb", "__MACOSX/ada.ipynb", "notes.txt")
    assert list(found(tmp_path)) == ["ada.IPYNB"]


def test_a_student_who_handed_in_no_notebook_is_told_of(tmp_path: Path) -> None:
    put(tmp_path, "ada/x.ipynb", "bo/answer.html")
    (tmp_path / "cleo").mkdir()
    told = found(tmp_path)
    assert told["bo/"] == ("bo", "The folder bo holds no notebook and no zip.")
    assert told["cleo/"] == ("cleo", "The folder cleo holds no notebook and no zip.")


def test_a_notebook_too_deep_to_be_looked_for_is_told_of(tmp_path: Path) -> None:
    put(tmp_path, "ada/" + "a/" * MAX_DEPTH + "x.ipynb")
    [(name, refused)] = found(tmp_path).values()
    assert (name, refused.endswith("folders deep.")) == ("ada", True)


def test_the_order_is_the_same_everywhere(tmp_path: Path) -> None:
    put(tmp_path, "b.ipynb", "a/z.ipynb", "C.ipynb", "a/b.ipynb")
    assert list(found(tmp_path)) == ["C.ipynb", "a/b.ipynb", "a/z.ipynb", "b.ipynb"]


# -- what is no plain file


def refused(path: Path) -> str:
    [(_, why)] = found(path).values()
    return why


def test_a_link_is_refused_and_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "secret.ipynb")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.ipynb").symlink_to(tmp_path / "secret.ipynb")
    assert refused(tmp_path / "in") == "ada.ipynb cannot be read: it is a link; hand in the file itself."


def test_a_link_to_a_folder_is_refused_and_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "secret/x.ipynb")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada").symlink_to(tmp_path / "secret")
    assert refused(tmp_path / "in") == "ada is a link to a folder; hand in the files themselves."


def test_a_link_in_a_circle_ends(tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "again").symlink_to(tmp_path)
    assert "link" in refused(tmp_path)


def test_a_hard_link_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "secret.ipynb")
    (tmp_path / "in").mkdir()
    os.link(tmp_path / "secret.ipynb", tmp_path / "in" / "ada.ipynb")
    assert refused(tmp_path / "in") == "ada.ipynb is a hard link to another file; hand in a copy."


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ada.ipynb")
    started = time.monotonic()
    assert refused(tmp_path) == "ada.ipynb is a special file, not a notebook."
    assert time.monotonic() - started < 1


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("ada.ipynb")
        assert "cannot be read" in refused(tmp_path)


def test_a_name_that_is_no_text_is_shown_and_read(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/ad\xff.ipynb")).write_bytes(NOTEBOOK)
    [(name, why)] = found(tmp_path).values()
    assert (name.encode(), why) == (b"ad?", "")


def test_a_path_that_does_not_exist_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"does not exist\. Give a notebook"):
        list(discover(tmp_path / "x", STEMS))


# -- archives


@pytest.mark.parametrize(
    "name",
    ["../ada.ipynb", "/etc/ada.ipynb", "a/../../ada.ipynb", "./ada.ipynb", "a//ada.ipynb",
     "~/ada.ipynb", "C:/ada.ipynb", "a\\ada.ipynb",
     "con.ipynb", "a/NUL/ada.ipynb", "a\u202eb.ipynb", "a\nb.ipynb", "a\x1b.ipynb", "a" * 400 + ".ipynb"],
    ids=ascii,
)  # fmt: skip
def test_a_path_trick_in_an_archive_is_refused(tmp_path: Path, name: str) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        info = zipfile.ZipInfo("x")
        info.filename = name
        made.writestr(info, NOTEBOOK)
        made.writestr("bo/ok.ipynb", NOTEBOOK)
    (tmp_path / "all.zip").write_bytes(raw.getvalue())
    told = {f.student: f for f in discover(tmp_path / "all.zip", STEMS)}
    assert told["bo"].raw == NOTEBOOK, "the others are read all the same"
    assert [f for f in told.values() if f.refused], f"{name!r} was read"
    assert not [p for p in tmp_path.rglob("*") if p.name != "all.zip"], "nothing is ever unpacked to disk"


def test_a_nul_in_a_name_ends_it_as_zipfile_does(tmp_path: Path) -> None:
    assert "control" in bad_name("a\0b.ipynb")


@pytest.mark.parametrize(
    "name", ["ada.ipynb", "Ada Lovelace/02-data-model (1).ipynb", "李明/ü.ipynb", "a.b-c_d/e.ipynb"]
)
def test_an_honest_name_is_not_refused(name: str) -> None:
    assert bad_name(name) == ""


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_a_link_or_a_special_file_in_an_archive_is_refused(tmp_path: Path, kind: int) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        info = zipfile.ZipInfo("ada/x.ipynb")
        info.external_attr = (kind | 0o777) << 16
        made.writestr(info, "/etc/passwd")
    (tmp_path / "all.zip").write_bytes(raw.getvalue())
    assert refused(tmp_path / "all.zip").endswith("is a link or a special file.")


def test_an_archive_that_unpacks_to_too_much_is_stopped_while_unpacking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course.grading.submissions.MAX_UNZIPPED", 8 << 20)
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as made:
        for n in range(3):
            made.writestr(f"ada/{n}.ipynb", bytes(4 << 20))
    (tmp_path / "all.zip").write_bytes(raw.getvalue())
    told = found(tmp_path / "all.zip")
    assert [why for _, why in told.values() if why] == ["all.zip unpacks to more than 8 MiB."]
    assert len(raw.getvalue()) < 100_000


def test_a_header_that_lies_about_the_size_does_not_matter(tmp_path: Path) -> None:
    raw = sample_class.zipped({"ada/x.ipynb": bytes(1 << 20)})
    at = raw.index(b"PK\x01\x02") + 24
    (tmp_path / "all.zip").write_bytes(raw[:at] + (10).to_bytes(4, "little") + raw[at + 4 :])
    [(_, why)] = found(tmp_path / "all.zip").values()
    assert "cannot be unpacked" in why or why == ""


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        for n in range(5_001):
            made.writestr(f"{n}", b"")
    (tmp_path / "all.zip").write_bytes(raw.getvalue())
    assert refused(tmp_path / "all.zip") == "all.zip holds more than 5000 files."


@pytest.mark.parametrize(
    "raw", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"no archive", NOTEBOOK], ids=lambda r: ascii(r[:12])
)
def test_what_is_no_archive_is_a_sentence_or_empty(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "ada.zip").write_bytes(raw)
    told = found(tmp_path / "ada.zip")
    assert told == {} or list(told.values()) == [("ada", "ada.zip is no readable zip archive.")]


def test_a_broken_member_costs_only_itself(tmp_path: Path) -> None:
    raw = bytearray(sample_class.zipped({"ada/x.ipynb": NOTEBOOK, "bo/x.ipynb": NOTEBOOK}))
    at = raw.index(b"ada/x.ipynb") + len("ada/x.ipynb") + 20
    raw[at : at + 10] = b"\xff" * 10
    (tmp_path / "all.zip").write_bytes(raw)
    told = found(tmp_path / "all.zip")
    assert "cannot be unpacked" in told["ada/x.ipynb"][1]
    assert told["bo/x.ipynb"] == ("bo", "")


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    raw = bytearray(sample_class.zipped({"ada/x.ipynb": NOTEBOOK}))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "all.zip").write_bytes(raw)
    assert "it is encrypted" in refused(tmp_path / "all.zip")


# -- cells, and one answer alone


def test_code_cells_come_in_document_order_named_by_their_place() -> None:
    raw = sample_class.file(["a = 1", "b = 2"])
    assert [(c.source, c.name) for c in cells(raw, "x.ipynb")] == [("a = 1", "cell 2"), ("b = 2", "cell 3")]


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert len(cells(b"\xef\xbb\xbf" + NOTEBOOK, "x.ipynb")) == 1


@pytest.fixture
def checks(tmp_path: Path) -> Path:
    folder = tmp_path / "checks"
    folder.mkdir()
    (folder / "test_x.py").write_text("import answer\ndef test_a():\n    assert answer.x == 1\n", "utf-8")
    return folder


@pytest.mark.parametrize("name", ["answer.py", "answer.ipynb", "whole/answer.py"])
def test_a_file_a_notebook_or_a_folder_can_be_judged_alone(
    warm_judge: Judge, checks: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(NOTEBOOK if name.endswith("ipynb") else b"x = 1\n")
    assert judged_alone(warm_judge, path.parent if "whole" in name else path, checks).passed


def test_an_answer_that_is_no_text_is_judged_as_what_it_is(warm_judge: Judge, checks: Path, tmp_path: Path) -> None:
    (tmp_path / "answer.py").write_bytes(bytes(range(256)))
    assert judged_alone(warm_judge, tmp_path / "answer.py", checks).verdict == "ERROR"


def test_what_cannot_be_judged_alone_is_a_sentence(warm_judge: Judge, checks: Path, tmp_path: Path) -> None:
    (tmp_path / "two.ipynb").write_bytes(sample_class.file(["# exercise: a.b\n1", "# exercise: c.d\n1"]))
    for path, tests, said in (
        (tmp_path / "none.py", checks, "does not exist"),
        (tmp_path, checks, "does not exist"),
        (tmp_path / "two.ipynb", checks, "answers to 2 exercises"),
        (tmp_path / "two.ipynb", tmp_path / "none", "no folder of checks"),
    ):
        with pytest.raises(CourseError, match=said):
            judged_alone(warm_judge, path, tests)
