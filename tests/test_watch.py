"""A burst of saves is one change; every way to save is seen, and no temporary file."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest

from explainer.watch import INTERVAL, LOOKS_AT_REST, PAUSE, Watch, look

CLAIMS = "content/answers/breakfast/ann.md"


def settled(watch: Watch) -> list[str]:
    """What is told once nothing changes any more."""
    return next((changed for changed in (watch.changed() for _ in range(LOOKS_AT_REST + 1)) if changed), [])


def written(root: Path) -> None:
    path = root / CLAIMS
    path.write_text(path.read_text(encoding="utf-8") + "x", encoding="utf-8")


def same_size_and_time(root: Path) -> None:
    path = root / CLAIMS
    status = path.stat()
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def saved_by_renaming(root: Path) -> None:
    """As editors do: a new file takes the name of the old."""
    new = root / "new"
    new.write_text("x", encoding="utf-8")
    new.replace(root / CLAIMS)


def copied_with_its_time(root: Path) -> None:
    shutil.copy2(root / "content/themes/drinks.md", root / CLAIMS)


def deleted(root: Path) -> None:
    (root / CLAIMS).unlink()


@pytest.mark.parametrize("save", [written, same_size_and_time, saved_by_renaming, copied_with_its_time, deleted])
def test_every_way_to_change_a_file_is_seen(save: Callable[[Path], None], smallest: Path) -> None:
    watch = Watch(smallest)
    save(smallest)
    assert settled(watch) == [CLAIMS]
    assert settled(watch) == []


def test_a_new_file_with_an_old_time_is_seen(smallest: Path) -> None:
    watch = Watch(smallest)
    (smallest / "content/themes/bread.md").write_text("x", encoding="utf-8")
    os.utime(smallest / "content/themes/bread.md", (0, 0))
    assert settled(watch) == ["content/themes/bread.md"]


def test_a_renamed_file_is_told_under_both_names(smallest: Path) -> None:
    watch = Watch(smallest)
    (smallest / CLAIMS).rename(smallest / "content/answers/breakfast/eve.md")
    assert settled(watch) == [CLAIMS, "content/answers/breakfast/eve.md"]


def test_a_renamed_folder_is_seen(smallest: Path) -> None:
    watch = Watch(smallest)
    (smallest / "content/answers/breakfast").rename(smallest / "content/answers/supper")
    assert "content/answers/supper/ann.md" in settled(watch)


@pytest.mark.parametrize("name", ["site.yaml", "static/style.css", "templates/base.html", "templates/words/en.yaml"])
def test_templates_static_files_and_the_configuration_count(name: str, smallest: Path) -> None:
    watch = Watch(smallest)
    (smallest / name).write_text("x", encoding="utf-8")
    assert settled(watch) == [name]


@pytest.mark.parametrize(
    "name", ["content/experts/.ann.md.swp", "content/experts/ann.md~", "content/experts/4913", "content/experts/.#ann.md", "_site/index.html"]
)
def test_temporary_files_and_the_site_do_not_count(name: str, smallest: Path) -> None:
    watch = Watch(smallest)
    (smallest / name).parent.mkdir(exist_ok=True)
    (smallest / name).write_text("x", encoding="utf-8")
    assert settled(watch) == []


def test_saves_that_follow_closely_are_told_once(smallest: Path) -> None:
    watch = Watch(smallest)
    for n in range(5):
        (smallest / "site.yaml").write_text(f"title: {n}", encoding="utf-8")
        assert [watch.changed() for _ in range(LOOKS_AT_REST)] == [[]] * LOOKS_AT_REST, "a look that finds a change is followed by those at rest"
    (smallest / CLAIMS).unlink()
    assert settled(watch) == [CLAIMS, "site.yaml"]


def test_a_change_that_is_undone_is_none(smallest: Path) -> None:
    """A file moved away and back again is the same file, with the same contents."""
    watch = Watch(smallest)
    (smallest / "content/themes/new.md").write_text("x", encoding="utf-8")
    assert watch.changed() == []
    (smallest / "content/themes/new.md").unlink()
    assert settled(watch) == []


def test_a_project_without_content_is_looked_at_all_the_same(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    assert settled(watch) == []
    (tmp_path / "content").mkdir()
    assert settled(watch) == ["content"]


def test_what_is_made_is_overtaken_by_the_first_save_that_follows(smallest: Path) -> None:
    """Before it has come to rest, and until it is told."""
    watch = Watch(smallest)
    (smallest / CLAIMS).write_text("x", encoding="utf-8")
    assert settled(watch) == [CLAIMS]
    assert not watch.overtaken()
    (smallest / CLAIMS).write_text("xy", encoding="utf-8")
    sleep(watch.pause)
    assert watch.overtaken()
    assert settled(watch) == [CLAIMS]
    assert not watch.overtaken()


def test_a_site_of_many_files_is_not_looked_at_for_every_page(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files times pages would be far too many."""
    looks: list[Path] = []
    watch = Watch(smallest)
    monkeypatch.setattr("explainer.watch.look", lambda root: looks.append(root) or look(root))  # type: ignore[func-returns-value]
    assert not any(watch.overtaken() for _ in range(1000))
    assert len(looks) < 100


def test_the_longer_a_look_takes_the_longer_nothing_is_looked_at(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(smallest)
    monkeypatch.setattr("explainer.watch.look", lambda root: sleep(0.1) or look(root))  # type: ignore[func-returns-value]
    watch.changed()
    assert watch.pause >= 0.1 * PAUSE > INTERVAL


def test_one_look_is_not_enough() -> None:
    """A program that writes a file in two goes rests between them, for some hundredths of a second."""
    assert 0.1 <= INTERVAL * LOOKS_AT_REST <= 0.3


def test_a_link_that_leads_nowhere_is_seen_and_one_to_a_folder_is_not_followed(smallest: Path, tmp_path: Path) -> None:
    watch = Watch(smallest)
    (smallest / "content/experts/gone.md").symlink_to("nowhere.md")
    assert settled(watch) == ["content/experts/gone.md"]
    (tmp_path / "elsewhere").mkdir()
    (smallest / "content/experts/linked").symlink_to(tmp_path / "elsewhere")
    assert settled(watch) == ["content/experts/linked"]
    (tmp_path / "elsewhere/a.md").write_text("x", encoding="utf-8")
    assert settled(watch) == []
