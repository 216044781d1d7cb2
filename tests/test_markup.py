"""Every page, stylesheet and picture as the Nu Html Checker judges it. Where there is no Java to run it, or no npm to fetch it, this is left out."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from explainer.output import write_site

CHECKER = Path(sys.prefix) / "node_modules/vnu-jar/build/dist/vnu.jar"
"""Where `tools/install-checker` puts it."""

KNOWN = (
    r"Resource violates Content Security Policy",  # in a folder 'self' is nothing to it; tests/browser holds that nothing is blocked
    r"Inline script violates Content Security Policy",  # it takes data for a script, likewise
    r"CSS: “(container-type|position-area|position-try-fallbacks)”: Property|CSS: Unrecognized at-rule “@container”",  # it does not know the newest CSS
    r"The “\w+” role is unnecessary for element “\w+”\.|The “role” attribute must not be used on a “t[dhr]” element",
    # A table that is shown as blocks is none to Safari's reader unless it says so again.
)
"""What the checker does not know, and what is done on purpose; regular expressions of how a message begins."""


@pytest.mark.skipif(not (shutil.which("java") and shutil.which("npm")), reason="no Java or no npm, so no Nu Html Checker")
def test_the_checker_finds_nothing(real: dict[str, bytes], tmp_path: Path) -> None:
    assert CHECKER.is_file(), "the checker is not installed; run make test"
    write_site(tmp_path / "site", real)
    files = [tmp_path / "site" / url for url in real if url.endswith((".html", ".css", ".svg")) and not url.startswith("pagefind/")]
    command = ["java", "-jar", str(CHECKER), "--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg"]
    told = json.loads(subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=True, timeout=300).stdout)["messages"]
    lines = [f"{Path(one['url']).name}:{one.get('lastLine', 0)}: {one['message']}" for one in told if not re.match("|".join(KNOWN), one["message"])]
    assert not lines, "\n".join(["", *lines])
