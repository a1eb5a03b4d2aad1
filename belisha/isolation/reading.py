"""Reading a report in a process of its own, and going round a page that kills it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec import Struct
from msgspec.structs import asdict

from belisha.isolation.limits import Limits, can_isolate, memory_for
from belisha.isolation.mock import MOCKS, PREFIX, VARIABLE
from belisha.isolation.outcomes import Ended, Outcome, ReaderCrashed
from belisha.isolation.supervisor import supervise
from belisha.isolation.warming import warm_up
from belisha.outcome import UnexpectedError
from belisha.pipeline import Asked, Hooks, checked_ocr, read_loaded
from extract import errors
from extract.errors import BelishaError, OverLimit, SettingsError
from extract.options import Attendant, Helpers

if TYPE_CHECKING:
    from belisha.isolation.child import Channel
    from belisha.profile_files import NamedProfile
    from normalise.records import Report

_READ = count()  # files that this process had read so far
# So many pages are gone round, one further reading each, before a file is given up.
MOST_SKIPPED = 5
_PAGE_KILLERS = {Outcome.STALLED, Outcome.TOO_MUCH_MEMORY, Outcome.CRASHED, Outcome.KILLED}


class ReaderTrace(Exception):
    """The traceback of the reading process, for ``--debug``."""


class AuditAsked(Struct, frozen=True):
    """How an audit is wanted, as plain values."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    infer: bool = False


def read_isolated(
    source: str | Path | bytes | BinaryIO,
    asked: Asked | None = None,
    *,
    name: str | None = None,
    progress: Callable[[int], None] | None = None,
    limits: Limits | None = None,
    rehearse: AuditAsked | None = None,
) -> Report:
    """``belisha.read`` in a child process. Raises what that raises, and ReaderCrashed.

    ``rehearse``: the child also audits what it read, within the same limits, so that the audit that the
    parent then makes of the same records is known to come to an end.
    """
    from extract.document import load
    from normalise.records import Report, SourceFile

    if not can_isolate():
        raise SettingsError(
            "this system cannot read in a process of its own",
            advice="add --no-isolation, for files you trust",
        )
    asked, limits, mock = asked or Asked(), limits or Limits(), _mock()
    data, label = load(source, name=name, limits=limits.inside)
    digest = hashlib.sha256(data).hexdigest()
    _load(rehearse)
    settings = {
        "password": asked.password,
        "pages": asked.pages,
        "profile": _plain(asked.profile),
        "second_reader": asked.second_reader,
        "ocr": asked.ocr,
        "jobs": asked.jobs,
        "audit": asdict(rehearse) if rehearse else None,
        "mock": mock,
    }
    target = "belisha.isolation.mock:work" if mock else f"{__name__}:work"
    ended = _until_read(target, data, settings, limits, progress)
    if ended.outcome is not Outcome.ANSWERED:
        raise _error(ended, limits, label)
    try:
        report = Report.from_json(ended.answer)
    except ValueError as error:  # pydantic's ValidationError is one
        raise _error(Ended(Outcome.GARBLED), limits, label) from error
    file = SourceFile(file=Path(label).name or label, sha256=digest, pages=report.source.pages)
    return report.model_copy(update={"source": file})


def work(data: bytes, settings: Mapping[str, Any], channel: Channel) -> bytes:
    """In the child: read, and audit where that is to be rehearsed. Returns the record contract as JSON."""
    skip = {int(page): str(reason) for page, reason in settings["skip"].items()}
    attendant = Attendant(channel.page, channel.watch, channel.watch_picture)
    jobs = settings["jobs"]
    hooks = Hooks(attendant, channel.stage, skip, _helpers(jobs, channel) if jobs > 1 else None)
    profile = _named(settings["profile"])
    ocr = checked_ocr(settings["ocr"])
    asked = Asked(settings["password"], settings["pages"], profile, settings["second_reader"], ocr, jobs)
    # The name is the parent's business: it may hold what no JSON can, and the child has no need of it.
    report = read_loaded(data, "", "", asked, hooks, limits=channel.limits.inside)
    answer = report.to_json(indent=None).encode("utf-8")
    if settings["audit"]:
        from belisha.render.audited import Audited

        channel.stage(3)
        how = settings["audit"]
        Audited.of(
            report,
            profile=profile,
            select=frozenset(how["select"]),
            ignore=frozenset(how["ignore"]),
            infer=how["infer"],
        )
    return answer


def _helpers(jobs: int, channel: Channel) -> Helpers:
    from belisha.isolation.helping import Helping

    return Helping(jobs, channel.ahead, channel.limits)


def _plain(profile: NamedProfile | None) -> dict[str, str | None] | None:
    if profile is None:
        return None  # and nothing that profiles need is imported
    from belisha.profile_files import to_plain

    return to_plain(profile)


def _named(plain: Mapping[str, str | None] | None) -> NamedProfile | None:
    if plain is None:
        return None
    from belisha.profile_files import from_plain

    return from_plain(plain)


def made_apart(make: Callable[[], bytes], *, label: str, limits: Limits | None = None) -> bytes:
    """What ``make`` returns, made in a fork of this process: for work that opens the PDF once more, to draw its
    pages or to mark them. Raises what ``make`` raises of our own errors, OverLimit and ReaderCrashed.
    """
    limits = limits or Limits()
    ended = supervise(lambda *_: make(), b"", {}, limits=limits, fresh=False)
    if ended.outcome is not Outcome.ANSWERED:
        raise _error(ended, limits, label)
    return ended.answer


def _load(rehearse: AuditAsked | None) -> None:
    """Import what the child will use, so that every child has it already and none imports it again. From the second
    file on also load what a single one may not need, or loads but once."""
    if next(_READ) > 0:
        warm_up(audit=rehearse is not None)
    from extract import reader  # noqa: F401 - imported for the children to come
    from normalise import header_words, reading  # noqa: F401 - imported for the children to come

    if rehearse:
        from belisha.render import audited  # noqa: F401 - imported for the children to come
        from validate import audit  # noqa: F401 - imported for the children to come


def _mock() -> str | None:
    chosen = os.environ.get(VARIABLE)
    if not chosen:
        return None
    if chosen.removeprefix(PREFIX) not in MOCKS or not chosen.startswith(PREFIX):
        known = ", ".join(PREFIX + name for name in MOCKS)
        raise SettingsError(f"{VARIABLE} names no reader", advice=f"unset it, or choose {known}")
    return chosen.removeprefix(PREFIX)


def _until_read(
    target: str,
    data: bytes,
    settings: Mapping[str, Any],
    limits: Limits,
    progress: Callable[[int], None] | None,
) -> Ended:
    """Read; where a page ends the reading, read once more without it, so that the others are not lost."""
    skip: dict[int, str] = {}
    again = True
    while True:
        ended = supervise(target, data, {**settings, "skip": skip}, limits=limits, on_page=progress)
        if ended.outcome is Outcome.KILLED and again:
            again = False  # from outside, and probably no fault of the page's
            continue
        if ended.outcome not in _PAGE_KILLERS or ended.page is None or len(skip) >= MOST_SKIPPED:
            return ended
        skip[ended.page] = _what(ended, limits)


def _what(ended: Ended, limits: Limits) -> str:
    """What happened, in words that end well after "page 7:"."""
    return {
        Outcome.STALLED: f"no progress for {limits.stall:g} s",
        Outcome.TOO_LONG: f"reading takes longer than {_total(limits)}",
        Outcome.TOO_MUCH_MEMORY: f"reading needs more than {memory_for(limits, ended.pictures) >> 20:,} MiB of memory",
        Outcome.CRASHED: f"the PDF library crashed ({ended.detail})",
        Outcome.KILLED: f"the reading process was killed from outside ({ended.detail})",
        Outcome.SILENT: "the reading process ended without an answer",
        Outcome.GARBLED: "the reading process sent nonsense and was stopped",
    }[ended.outcome]


def _total(limits: Limits) -> str:
    return (
        f"{limits.total:g} s"
        if limits.total is not None
        else f"{limits.base:g} s and {limits.per_page:g} s a page ({limits.ocr_page:g} s more for a scan)"
    )


_OVER = {
    Outcome.STALLED: "allow more with --timeout, or leave pages out with --pages",
    Outcome.TOO_LONG: "allow more with --max-time, or leave pages out with --pages",
    Outcome.TOO_MUCH_MEMORY: "allow more with --memory (--ocr-memory for scans), or leave pages out with --pages",
}


def _error(ended: Ended, limits: Limits, label: str) -> BelishaError:
    fault = ended.fault or {}
    error: BelishaError
    if ended.outcome is Outcome.REFUSED:
        error = _refusal(fault)
    elif ended.outcome is Outcome.FAILED:
        error = UnexpectedError(_namesake(fault))
    elif ended.outcome in _OVER:
        error = OverLimit(_what(ended, limits), advice=_OVER[ended.outcome], page=ended.page)
    else:
        error = ReaderCrashed(_what(ended, limits), page=ended.page)
    error.file = label
    if fault.get("trace"):
        error.__cause__ = ReaderTrace("in the reading process:\n" + fault["trace"])
    return error


def _namesake(fault: Mapping[str, str]) -> Exception:
    """An exception with the name and the words of the child's."""
    kind = fault.get("kind", "")
    made: Exception = type(kind if kind.isidentifier() else "Error", (Exception,), {})(fault.get("what", ""))
    return made


def _refusal(fault: Mapping[str, str]) -> BelishaError:
    """The error of the child's, if it is one of ours; what the child says is believed no further."""
    kind = getattr(errors, fault.get("kind", ""), None)
    page = fault.get("page", "")
    if not (isinstance(kind, type) and issubclass(kind, BelishaError)):
        kind = errors.ReportError
    found: BelishaError = kind(
        fault.get("what", ""), advice=fault.get("advice"), page=int(page) if page.isdecimal() else None
    )
    return found
