"""What a host and its crawlers look for beside the pages."""

from collections.abc import Iterable
from html import escape

from explainer import urls


def hosting_files(pages: Iterable[str], base_url: str) -> dict[str, bytes]:
    """`.nojekyll`, without which GitHub Pages drops files whose names start with `_`; and, once the address is known, sitemap and robots.

    `pages` are the addresses of the HTML files.
    """
    files = {".nojekyll": b""}
    if base_url:
        addresses = sorted("" if url == urls.HOME else url for url in pages if url != urls.NOT_FOUND)
        entries = "".join(f"<url><loc>{escape(base_url + address)}</loc></url>\n" for address in addresses)
        head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        files["sitemap.xml"] = f"{head}{entries}</urlset>\n".encode()
        files["robots.txt"] = f"User-agent: *\nAllow: /\nSitemap: {base_url}sitemap.xml\n".encode()
    return files
