"""Static files carry a hash of their content in their names, and stylesheets follow."""

import re
from pathlib import Path

import pytest

from explainer.assets import UnknownAssetError, read_assets
from explainer.problems import ContentError
from tests.helpers import ROOT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with nothing but static files."""
    (tmp_path / "static/fonts").mkdir(parents=True)
    (tmp_path / "static/fonts/a.woff2").write_bytes(b"font")
    (tmp_path / "static/style.css").write_text("a { src: url(fonts/a.woff2); }", encoding="utf-8")
    return tmp_path


def test_a_name_carries_a_hash_of_its_content(root: Path) -> None:
    address = read_assets(root).address("fonts/a.woff2")
    assert re.fullmatch(r"static/fonts/a\.[0-9a-f]{8}\.woff2", address)
    (root / "static/fonts/a.woff2").write_bytes(b"another")
    assert read_assets(root).address("fonts/a.woff2") != address


@pytest.mark.parametrize(
    "written", ["url(fonts/a.woff2)", 'url("fonts/a.woff2")', "url('fonts/a.woff2')", "url( fonts/a.woff2 )", "url(fonts/a.woff2#x)", "url(./fonts/a.woff2)"]
)
def test_a_stylesheet_follows_the_new_names(root: Path, written: str) -> None:
    (root / "static/style.css").write_text(f"a {{ src: {written}; }}", encoding="utf-8")
    assets = read_assets(root)
    fragment = "#x" if "#x" in written else ""
    assert assets.files[assets.address("style.css")].decode() == f'a {{ src: url("{assets.address("fonts/a.woff2").removeprefix("static/")}{fragment}"); }}'


def test_a_stylesheet_changes_its_name_with_what_it_names(root: Path) -> None:
    """Otherwise a changed font would be looked for by a stylesheet that a browser has kept."""
    before = read_assets(root).address("style.css")
    (root / "static/fonts/a.woff2").write_bytes(b"another")
    assert read_assets(root).address("style.css") != before


def test_a_stylesheet_in_a_folder_names_files_beside_and_above_it(root: Path) -> None:
    (root / "static/fonts/fonts.css").write_text("@font-face { src: url(a.woff2); } a { background: url(../b.svg); }", encoding="utf-8")
    (root / "static/b.svg").write_text("<svg/>", encoding="utf-8")
    assets = read_assets(root)
    text = assets.files[assets.address("fonts/fonts.css")].decode()
    assert re.search(r'url\("a\.[0-9a-f]{8}\.woff2"\)', text)
    assert re.search(r'url\("\.\./b\.[0-9a-f]{8}\.svg"\)', text)


def test_a_stylesheet_takes_a_file_into_itself(root: Path) -> None:
    (root / "static/style.css").write_text("a { src: url(fonts/a.woff2#inline); }", encoding="utf-8")
    assets = read_assets(root)
    assert assets.files[assets.address("style.css")] == b'a { src: url("data:font/woff2;base64,Zm9udA=="); }'


@pytest.mark.parametrize("name", ["a.css", "z.css"])
def test_a_stylesheet_may_name_another(root: Path, name: str) -> None:
    """Whichever of the two comes first by its name."""
    (root / "static" / name).write_text("b {}", encoding="utf-8")
    (root / "static/style.css").write_text(f'@import url("{name}");', encoding="utf-8")
    assets = read_assets(root)
    assert assets.files[assets.address("style.css")].decode() == f'@import url("{assets.address(name).removeprefix("static/")}");'


@pytest.mark.parametrize("address", ["data:image/svg+xml,x", "#gradient", "https://elsewhere.example/a.png"])
def test_other_addresses_stay(root: Path, address: str) -> None:
    text = f"a {{ fill: url({address}); }}"
    (root / "static/style.css").write_text(text, encoding="utf-8")
    assets = read_assets(root)
    assert assets.files[assets.address("style.css")].decode() == text


def test_a_stylesheet_that_names_nothing_is_told_at_its_place(root: Path) -> None:
    (root / "static/style.css").write_text("a {}\nb { src: url(fonts/b.woff2); }", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_assets(root)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column) == ("static/style.css", 2, 10)
    assert "did you mean 'fonts/a.woff2'?" in problem.message


def test_an_unknown_name_is_told_with_the_nearest(root: Path) -> None:
    with pytest.raises(UnknownAssetError, match=r"did you mean 'style\.css'"):
        read_assets(root).address("styel.css")


def test_temporary_files_are_not_published(root: Path) -> None:
    (root / "static/style.css~").write_text("x", encoding="utf-8")
    (root / "static/.DS_Store").write_text("x", encoding="utf-8")
    assert sorted(read_assets(root).addresses) == ["fonts/a.woff2", "style.css"]


def test_nothing_outside_the_project_is_published(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    (root / "static/public.txt").symlink_to(secret)
    with pytest.raises(ContentError, match="leads out of the project"):
        read_assets(root)


def test_a_linked_folder_is_not_passed_over_in_silence(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    more = tmp_path_factory.mktemp("elsewhere")
    (more / "a.png").write_bytes(b"x")
    (root / "static/pictures").symlink_to(more)
    with pytest.raises(ContentError, match="static/pictures"):
        read_assets(root)


def test_a_name_without_an_ending_has_its_hash_behind(root: Path) -> None:
    (root / "static/CNAME").write_text("x", encoding="utf-8")
    assert re.fullmatch(r"static/CNAME\.[0-9a-f]{8}", read_assets(root).address("CNAME"))


def test_an_address_in_a_comment_of_a_stylesheet_is_none(root: Path) -> None:
    (root / "static/style.css").write_text("/* url(nothing.png) */ a {}", encoding="utf-8")
    assert read_assets(root).address("style.css")


def test_the_stylesheet_knows_as_many_experts_as_can_be_chosen_among() -> None:
    """The boxes of a question choose by rules of the stylesheet, one an expert; beyond them no boxes are shown."""
    limit = int(re.findall(r"macro chooser\(experts, limit=(\d+)\)", (ROOT / "templates/macros.html").read_text(encoding="utf-8"))[0])
    rules = re.findall(r"\.question:has\(#_show-(\d+):checked\) \.by-(\d+)\b", (ROOT / "static/style.css").read_text(encoding="utf-8"))
    assert rules == [(f"{n}", f"{n}") for n in range(1, limit + 1)]
