"""The same input gives the same bytes: on another machine, in another folder, in another time zone, in another run."""

from pathlib import Path

from tests.helpers import ROOT, command, files_in, make_project


def test_another_machine_gives_the_same_bytes(tmp_path: Path) -> None:
    """Time zone, language, hash seed, folder and user are what differs between machines and may not show."""
    here = tmp_path / "one"
    make_project(here)
    there = tmp_path / "another folder, with spaces and ümläuts"
    make_project(there)
    settings = [
        {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1", "USER": "ann", "HOME": "/home/ann", "COLUMNS": "80"},
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242", "USER": "ben", "HOME": "/home/ben", "COLUMNS": "200"},
    ]
    for root, environment in zip((here, there), settings, strict=True):
        done = command("--root", root, "--base-url", "https://example.org/path", cwd=root, **environment)
        assert (done.returncode, done.stderr) == (0, "")
    one, other = files_in(here / "_site"), files_in(there / "_site")
    assert [name for name in one if one[name] != other.get(name)] == []
    assert list(one) == list(other)
    assert [name for name, data in one.items() if str(tmp_path).encode() in data] == [], "no page names a folder of this machine"


def test_a_second_run_changes_nothing(real: dict[str, bytes], tmp_path: Path) -> None:
    """A site built in a folder is the site as made in memory, byte for byte, and nothing more but the manifest."""
    assert command("--root", ROOT, "--output", tmp_path / "site").returncode == 0
    written = files_in(tmp_path / "site")
    assert written.pop(".explainer.json")
    assert written == real
