"""PDF in, report out; report in, audit out: the only place where the stages meet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extract.errors import ReportDamaged, ReportWithoutText, SettingsError

if TYPE_CHECKING:
    from belisha.profile_files import NamedProfile
    from extract.cells import Document
    from normalise.records import Report
    from validate.audit import Audit
    from validate.scheme import Scheme


def read(
    source: str | Path | bytes | BinaryIO,
    *,
    password: str | None = None,
    profile: str | Path | NamedProfile | None = None,
    pages: str | None = None,
    ocr: str = "auto",
    second_reader: bool = False,
    name: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Read a performance report to records.

    ``source`` is a path, the bytes of a PDF or an open binary file; ``pages`` a range such as "4-9";
    ``profile`` the name of a profile that ships with Belisha or the path of one;
    ``second_reader`` has camelot read the same pages and marks the values that it reads otherwise;
    ``name`` what to call the input in messages; ``progress`` is called with each page number.
    Raises a subclass of BelishaError: ReportMissing, NotAPdf, ReportLocked, ReportDamaged, ReportWithoutText,
    OverLimit or SettingsError.
    """
    from extract.document import load, open_pdf
    from extract.reader import ReadOptions, read_document
    from normalise.header_words import header_words
    from normalise.profile_use import with_profile, with_signs
    from normalise.reading import read_report
    from normalise.records import SourceFile
    from normalise.vocabulary import load as load_vocabulary

    if ocr == "always":
        raise SettingsError("there is no OCR engine yet", advice="leave --ocr out")
    chosen = _profile(profile)
    data, label = load(source, name=name)
    digest = hashlib.sha256(data).hexdigest()
    vocabulary = chosen.profile.vocabulary() if chosen else load_vocabulary()
    options = ReadOptions(pages=pages, header_words=header_words(vocabulary), progress=progress)
    with open_pdf(data, name=label, password=password) as opened:
        document = read_document(opened, options)
    _check_has_text(document, label)
    report = read_report(
        with_signs(document, chosen.profile) if chosen else document,
        SourceFile(file=Path(label).name or label, sha256=digest, pages=document.page_count),
        vocabulary=vocabulary,
    )
    if chosen:
        report = with_profile(report, chosen.profile, chosen.name)
    return _second_opinion(report, data, password) if second_reader else report


def _profile(wanted: str | Path | NamedProfile | None) -> NamedProfile | None:
    if wanted is None:
        return None
    from belisha.profile_files import NamedProfile, find_profile

    return wanted if isinstance(wanted, NamedProfile) else find_profile(wanted)


def _second_opinion(report: Report, data: bytes, password: str | None) -> Report:
    """The report held against what camelot reads on its pages, by rules first, then by white space."""
    from extract.second import read_ruled, read_unruled
    from normalise.second_opinion import pages_of, pages_without_rules, with_second_opinion

    ruled = read_ruled(data, pages_of(report), password=password)
    if ruled.refused:
        return with_second_opinion(report, ruled)
    unruled = read_unruled(data, pages_without_rules(report, ruled), password=password)
    return with_second_opinion(report, ruled, unruled)


def _check_has_text(document: Document, label: str) -> None:
    """Refuse a document of which nothing can be read, with the reason of its first page."""
    if any(page.lines for page in document.pages) or any(t.rows for t in document.tables):
        return
    troubles = [page for page in document.pages if page.trouble]
    if troubles:
        first = troubles[0]
        raise ReportDamaged(f"no page can be read: {first.trouble}", file=label, page=first.number)
    raise ReportWithoutText(
        "no page has text, so this is probably a scan",
        advice="run it through an OCR program that adds a text layer, then try again",
        file=label,
    )


def audit(
    report: Report,
    *,
    scheme: Scheme | None = None,
    profile: str | Path | NamedProfile | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    infer: bool = False,
) -> Audit:
    """Work out every status of a report again and run the cross-checks.

    ``scheme`` stands in for the report's own rule, and so does the rule of ``profile`` if it states one; ``select`` and ``ignore`` name kinds of findings;
    ``infer`` proposes a rule where the report prints none (it accuses nobody).
    """
    from validate.audit import audit_report

    chosen = _profile(profile)
    if scheme is None and chosen is not None:
        scheme = chosen.scheme()
    return audit_report(report, scheme=scheme, select=tuple(select), ignore=tuple(ignore), infer=infer)
