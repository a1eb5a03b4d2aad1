"""PDF in, report out; report in, audit out: the only place where the stages meet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct, field

from belisha.collecting import collecting_seldom
from extract.errors import ReportDamaged, ReportWithoutText, SettingsError

if TYPE_CHECKING:
    from belisha.isolation.limits import Limits
    from belisha.profile_files import NamedProfile
    from extract.cells import Document
    from extract.limits import ReadLimits
    from extract.options import Attendant, Helpers
    from extract.usable import Ocr
    from normalise.records import Report
    from normalise.vocabulary import Vocabulary
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
    jobs: int = 1,
    isolated: bool = False,
    limits: Limits | None = None,
) -> Report:
    """Read a performance report to records.

    ``source`` is a path, the bytes of a PDF or an open binary file; ``pages`` a range such as "4-9";
    ``profile`` the name of a profile that ships with Belisha or the path of one;
    ``second_reader`` has camelot read the same pages and marks the values that it reads otherwise;
    ``name`` what to call the input in messages; ``progress`` is called with each page number.
    ``jobs``: how many processes read its pages at a time, which changes nothing in the records; they are forks, so
    where this process has several threads and is not ``isolated``, it reads all pages by itself.
    ``isolated`` reads in a process of its own, which a broken or malicious file cannot take along and where
    all ``limits`` hold (they default to ``belisha.Limits()``); without it those of time and memory do not.
    Raises a subclass of BelishaError: ReportMissing, NotAPdf, ReportLocked, ReportDamaged, ReportWithoutText,
    OverLimit or SettingsError; with ``isolated`` also ReaderCrashed.
    """
    if jobs < 1:
        raise SettingsError(f"{jobs} processes cannot read", advice="give jobs as 1 or more")
    asked = Asked(password, pages, _profile(profile), second_reader, checked_ocr(ocr), jobs)
    if isolated:
        from belisha.isolation.reading import read_isolated

        return read_isolated(source, asked, name=name, progress=progress, limits=limits)
    from extract.document import load
    from extract.limits import ReadLimits

    inside = limits.inside if limits else ReadLimits()
    data, label = load(source, name=name, limits=inside)
    digest = hashlib.sha256(data).hexdigest()
    from extract.options import Attendant

    hooks = Hooks(Attendant(progress), helpers=_helpers(jobs, progress))
    return read_loaded(data, label, digest, asked, hooks, limits=inside)


def _helpers(jobs: int, progress: Callable[[int], None] | None) -> Helpers | None:
    if jobs == 1:
        return None
    from belisha.isolation.helping import Helping

    def heard(page: int, picture: bool) -> None:
        if progress and not picture:
            progress(page)

    return Helping(jobs, heard)


class Asked(Struct, frozen=True):
    """How a report is wanted."""

    password: str | None = None
    pages: str | None = None
    profile: NamedProfile | None = None
    second_reader: bool = False
    ocr: Ocr = "auto"
    jobs: int = 1


class Hooks(Struct, frozen=True):
    """Who has to do with the reading: ``stage`` hears of what comes after the pages; ``attendant``, ``skip`` and
    ``helpers`` are as in ``extract.options.ReadOptions``."""

    attendant: Attendant | None = None
    stage: Callable[[int], None] = lambda _: None
    skip: Mapping[int, str] = field(default_factory=dict)
    helpers: Helpers | None = None


@collecting_seldom()
def read_loaded(
    data: bytes, label: str, digest: str, asked: Asked, hooks: Hooks, *, limits: ReadLimits
) -> Report:
    """Read the bytes of a PDF whose SHA-256 is ``digest``; raises as ``read`` does."""
    from normalise.profile_use import with_profile
    from normalise.reading import read_report
    from normalise.vocabulary import load as load_vocabulary

    chosen = asked.profile
    vocabulary = chosen.profile.vocabulary() if chosen else load_vocabulary()
    # The document has no name here, for nobody but the reader of its tables shall hold them.
    report = read_report(
        _document(data, label, asked, hooks, vocabulary, limits),
        Path(label).name or label,
        digest,
        vocabulary=vocabulary,
    )
    if chosen:
        report = with_profile(report, chosen.profile, chosen.name)
    hooks.stage(2)
    return _second_opinion(report, data, asked.password, hooks) if asked.second_reader else report


def _document(
    data: bytes, label: str, asked: Asked, hooks: Hooks, vocabulary: Vocabulary, limits: ReadLimits
) -> Document:
    """The pages of a PDF, with the signs that a profile explains. Refuses one of which nothing can be read."""
    from extract.document import open_pdf
    from extract.options import Attendant, ReadOptions
    from extract.reader import read_document
    from normalise.header_words import header_words, telling_words
    from normalise.profile_use import with_signs

    options = ReadOptions(
        pages=asked.pages,
        header_words=header_words(vocabulary),
        telling_words=telling_words(vocabulary),
        attendant=hooks.attendant or Attendant(),
        ocr=asked.ocr,
        skip=hooks.skip,
        limits=limits,
        helpers=hooks.helpers,
    )
    with open_pdf(data, name=label, password=asked.password, limits=limits) as opened:
        document = read_document(opened, options)
    hooks.stage(1)
    _check_has_text(document, label, asked.ocr)
    return with_signs(document, asked.profile.profile) if asked.profile else document


def _profile(wanted: str | Path | NamedProfile | None) -> NamedProfile | None:
    if wanted is None:
        return None
    from belisha.profile_files import NamedProfile, find_profile

    return wanted if isinstance(wanted, NamedProfile) else find_profile(wanted)


def _second_opinion(report: Report, data: bytes, password: str | None, hooks: Hooks) -> Report:
    """The report held against what camelot reads on its pages, by rules first, then by white space."""
    from extract.second import read_ruled, read_unruled
    from normalise.second_opinion import pages_of, pages_without_rules, with_second_opinion

    stages = count(10)  # each page is a stage of its own, for only a later stage is a sign of life

    def tick() -> None:
        hooks.stage(next(stages))

    ruled = read_ruled(data, pages_of(report), password=password, tick=tick)
    if ruled.refused:
        return with_second_opinion(report, ruled)
    unruled = read_unruled(data, pages_without_rules(report, ruled), password=password, tick=tick)
    return with_second_opinion(report, ruled, unruled)


def _check_has_text(document: Document, label: str, ocr: Ocr) -> None:
    """Refuse a document of which nothing can be read, with the reason of its first page."""
    if any(page.lines for page in document.pages) or any(t.rows for t in document.tables):
        return
    from extract.page.soundness import NONSENSE
    from extract.page_contents import BLANK, NOTHING_SEEN
    from extract.usable import unread_because

    needed = unread_because(ocr)
    scans = [page for page in document.pages if page.trouble and page.trouble.endswith(needed)]
    known = {BLANK, NOTHING_SEEN}
    others = [p for p in document.pages if p.trouble and p not in scans and p.trouble not in known]
    if others:
        first = others[0]
        raise ReportDamaged(f"no page can be read: {first.trouble}", file=label, page=first.number)
    if not scans:
        raise ReportWithoutText("no page has text, nor does any show some", file=label)
    if any(page.trouble and page.trouble.startswith(NONSENSE) for page in scans):
        raise ReportWithoutText(NONSENSE, advice=needed, file=label)
    from extract.remarks import ranges

    several, numbers = len(scans) > 1, ranges([page.number for page in scans])
    what = f"page{'s' if several else ''} {numbers} {'are' if several else 'is'} a scan, and no page has text"
    raise ReportWithoutText(what, advice=needed.replace("have it read", "have scans read"), file=label)


def checked_ocr(wanted: str) -> Ocr:
    """Raises SettingsError for a word that is no way of OCR, and for "always" where there is no engine."""
    from extract.scan import engine

    ways: dict[str, Ocr] = {"auto": "auto", "never": "never", "always": "always"}
    if wanted not in ways:
        raise SettingsError(f"ocr {wanted!r} is unknown", advice='choose "auto", "never" or "always"')
    if wanted == "always" and not engine.available():
        raise SettingsError("there is no engine for character recognition", advice=f"type: {engine.INSTALL}")
    return ways[wanted]


@collecting_seldom()
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
