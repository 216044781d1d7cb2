"""`site.yaml` as one frozen `Config`."""

import os
from dataclasses import dataclass
from pathlib import Path

from explainer.documents import LEADS_OUT, leads_out, read_text
from explainer.frontmatter import Document, read_yaml
from explainer.problems import ContentError, Problem
from explainer.schema import SiteFields, validate

SITE_FILE = "site.yaml"


@dataclass(frozen=True, slots=True)
class Config:
    """What `site.yaml` says, and where, so that later stages can point at it."""

    fields: SiteFields
    document: Document
    base_url: str
    """Where the site is published, with a slash at its end; empty if unknown."""


def read_config(root: Path, base_url: str | None = None) -> Config:
    """A project has a file `site.yaml` of fields, and its `address` is one of the web.

    The configuration of the project in `root`; `base_url` overrides the address. Raises `ContentError` with all problems of the file.
    """
    path = root / SITE_FILE
    if not os.path.lexists(path):
        if (root / "site.yml").is_file():
            raise ContentError([Problem(SITE_FILE, 1, 1, "there is no site.yaml here, but a site.yml; name it site.yaml")])
        raise ContentError([Problem(SITE_FILE, 1, 1, "there is no site.yaml here; run the command in the project's folder, or name it with --root")])
    if leads_out(path, root):
        raise ContentError([Problem(SITE_FILE, 1, 1, LEADS_OUT)])
    text, problems = read_text(path, SITE_FILE)
    document, unread = read_yaml(SITE_FILE, text or "")
    problems += unread
    if not problems and not isinstance(document.fields, dict):
        problems.append(document.problem("this file must be fields, one 'name: value' a line"))
    if not problems:
        fields, problems = validate(SiteFields, document, document.fields)
        address = base_url if base_url is not None else fields.address if fields else ""
        if "?" in address or "#" in address:
            problems.append(document.problem(f"'address' is that of a folder, and '{address}' goes on behind it; leave out what follows ? or #", "address"))
        elif address.rstrip("/").endswith((".html", ".htm")):
            problems.append(document.problem(f"'address' is that of a folder, and '{address}' is a page; leave out its name", "address"))
        if fields and not problems:
            return Config(fields, document, address.rstrip("/") + "/" if address else "")
    raise ContentError(problems)
