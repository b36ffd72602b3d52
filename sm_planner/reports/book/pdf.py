"""The plan book on paper: its HTML set as PDF by WeasyPrint, which comes with the extra ``pdf``."""

from __future__ import annotations

from typing import Any

from sm_planner.engine.texts import N_


class PdfNotInstalled(Exception):
    """WeasyPrint, or a library that it needs, is not there. The message says what to do."""


def to_pdf(html: str) -> bytes:
    """The book as PDF. Nothing is fetched: what a book needs stands in it."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise PdfNotInstalled(
            N_(
                "PDF files need WeasyPrint: pip install 'sm_planner[pdf]'. Without it, open the HTML file in "
                "a browser and print it."
            )
        ) from error
    return HTML(string=html, url_fetcher=_refuse).write_pdf()


def _refuse(url: str, *args: Any, **options: Any) -> Any:
    raise ValueError(f"A plan book needs nothing from elsewhere: {url}")
