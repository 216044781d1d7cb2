"""What many tests start from."""

from pathlib import Path

import pytest

from tests.helpers import ROOT, SITES, built, make_project


@pytest.fixture(scope="session")
def real() -> dict[str, bytes]:
    """The site of the real content, by address."""
    return built(ROOT)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the real project."""
    return make_project(tmp_path / "project")


@pytest.fixture
def smallest(tmp_path: Path) -> Path:
    """The smallest project there can be: two experts, one question, one theme."""
    return make_project(tmp_path / "smallest", SITES / "smallest")


@pytest.fixture(scope="session")
def panel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of the invented panel, by address."""
    return built(make_project(tmp_path_factory.mktemp("panel") / "project", SITES / "other-panel"))
