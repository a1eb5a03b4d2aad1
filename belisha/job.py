"""The work of ``extract`` and ``audit``: read every input, render, write once, say how it ended."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from msgspec import Struct, field

from belisha.isolation.limits import Limits
from belisha.original import Original, Paper, original_of
from belisha.outcome import FailOn, Failure, Run, reportable, run_each, shown_name
from belisha.output import OutputError, check_target, is_stdout, write_file, write_stream
from belisha.stdout_guard import others_to_stderr
from belisha.talk import Talk
from extract.errors import BelishaError, SettingsError

if TYPE_CHECKING:
    from belisha.isolation.reading import AuditAsked
    from belisha.profile_files import NamedProfile
    from belisha.render.audited import Audited
    from normalise.records import Report

T = TypeVar("T")
ENDINGS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".txt": "table",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".zip": "package",
}
BINARY = frozenset({"xlsx", "parquet", "package"})
SHOW_PAGES = frozenset({"html", "marked"})


class Job(Struct, frozen=True):
    """What to read, how, and where the result goes."""

    names: tuple[str, ...]
    output: str | None = None
    format: str | None = None
    talk: Talk = field(default_factory=Talk)
    reading: Mapping[str, str | None] = field(default_factory=dict)
    profile: NamedProfile | None = None
    second_reader: bool = False
    excel_csv: bool = False
    isolated: bool = True
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    originals: dict[str, Original] = field(default_factory=dict)  # by SHA-256, for outputs that show pages

    @staticmethod
    def of(chosen: Mapping[str, Any], *, talk: Talk) -> Job:
        """A job from the options of a command, by their names on the command line."""
        from belisha.cli.limit_options import limits_of

        reading = {name: chosen[name] for name in ("password", "pages", "ocr")}
        return Job(
            chosen["reports"],
            output=chosen["output"],
            format=chosen["format"],
            talk=talk,
            reading=reading,
            profile=_profile(chosen["profile"]),  # what is wrong in it is said before anything is read
            second_reader=chosen["second_reader"],
            excel_csv=chosen.get("excel_csv", False),
            isolated=not chosen["no_isolation"],
            jobs=chosen["jobs"],
            limits=limits_of(chosen),
        )

    def extract(self) -> int:
        """PDF to records. Returns the exit code; raises BelishaError for wrong settings."""
        kind = self._format("json")
        run = self.each(partial(self.read, kind=kind))
        if run.done:
            from belisha.render import render_reports

            several, look = self._several, self.look(kind)
            self._deliver(render_reports(run.done, kind, several=several, look=look, paper=self._paper()))
        return run.exit_code()

    def audit(
        self,
        *,
        show_all: bool = False,
        fail_on: FailOn = "contradicted",
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        infer: bool = False,
    ) -> int:
        """PDF to findings. Returns the exit code; raises BelishaError for wrong settings."""
        kind = self._format("table" if self.output is None and stdout_is_terminal() else "json")
        from belisha.render.audited import Audited, kinds
        from validate.checks import chosen

        wanted, unwanted = kinds(select), kinds(ignore)
        chosen(wanted, unwanted)  # a misspelt kind is said before anything is read
        from belisha.isolation.reading import AuditAsked

        rehearsed = AuditAsked(tuple(sorted(wanted)), tuple(sorted(unwanted)), infer)

        def check(name: str) -> Audited:
            report = self.read(name, kind=kind, rehearse=rehearsed)
            return Audited.of(report, select=wanted, ignore=unwanted, infer=infer, profile=self.profile)

        run = self.each(check)
        if run.done:
            from belisha.render import render_audits

            several, look = self._several, self.look(kind)

            def make(paper: Paper) -> str | bytes:
                return render_audits(
                    run.done, kind, several=several, show_all=show_all, look=look, paper=paper
                )

            self._deliver(self._with_pages(make) if kind in SHOW_PAGES else make(self._paper()))
        verdicts = [verdict for audited in run.done for verdict in audited.verdicts]
        return run.exit_code(findings=reportable(verdicts, fail_on))

    @property
    def _several(self) -> bool:
        return len(self.names) > 1

    def _format(self, default: str) -> str:
        if not is_stdout(self.output):
            assert self.output is not None  # noqa: S101 - None is standard output
            check_target(self.output, self.names)
        if self.format in BINARY and is_stdout(self.output) and stdout_is_terminal():
            raise SettingsError(f"{self.format} is no text for a terminal", advice="name a file with -o")
        if self.format is not None:
            return self.format
        if self.output is None or is_stdout(self.output):
            return default
        ending = Path(self.output).suffix.lower()
        if ending and ending not in ENDINGS:
            raise SettingsError(
                f"the ending {ending} names no format that can be written",
                advice=f"end the name in {', '.join(sorted(ENDINGS))} or add --format",
                file=self.output,
            )
        return ENDINGS.get(ending, "json")

    def each(self, work: Callable[[str], T]) -> Run[T]:
        """Do the work for every input, saying which cannot be read and why."""

        def told(failure: Failure, cause: BaseException) -> None:
            error = failure.error
            self.talk.error(
                str(error),
                exit_code=int(error.exit_code),
                cause=cause,
                file=error.file,
                page=error.page,
                kind=type(error).__name__,
            )

        with others_to_stderr():
            return run_each(self.names, work, on_failure=told)

    def read(self, name: str, *, kind: str, rehearse: AuditAsked | None = None) -> Report:
        """Read one input; its PDF is kept where the format ``kind`` shows its pages.

        ``rehearse``: the audit that will follow, which a reading process tries out within its limits.
        """
        shown = shown_name(name)
        self.talk.progress(f"{shown}: reading", file=shown)
        source: str | bytes | BinaryIO = sys.stdin.buffer if name == "-" else name
        if name == "-" and kind in SHOW_PAGES:
            from extract.document import read_at_most

            source = read_at_most(sys.stdin.buffer, self.limits.input_bytes + 1)
        report = self._read(source, shown, "stdin" if name == "-" else None, rehearse)
        self.originals[report.source.sha256] = original_of(
            source, report, password=self.reading.get("password"), keep=kind in SHOW_PAGES
        )
        for line in remarks(report):
            self.talk.remark(f"{shown}: {line}", file=shown)
        return report

    def _read(
        self, source: str | bytes | BinaryIO, shown: str, called: str | None, rehearse: AuditAsked | None
    ) -> Report:
        beat = self.talk.heartbeat(shown)
        if not self.isolated:
            from belisha.pipeline import read

            return read(
                source,
                password=self.reading.get("password"),
                profile=self.profile,
                second_reader=self.second_reader,
                pages=self.reading.get("pages"),
                ocr=self.reading.get("ocr") or "auto",
                name=called,
                progress=beat,
                jobs=self.jobs,
                limits=self.limits,
            )
        from belisha.isolation.reading import read_isolated
        from belisha.pipeline import Asked, checked_ocr

        asked = Asked(
            self.reading.get("password"),
            self.reading.get("pages"),
            self.profile,
            self.second_reader,
            checked_ocr(self.reading.get("ocr") or "auto"),
            self.jobs,
        )
        return read_isolated(source, asked, name=called, progress=beat, limits=self.limits, rehearse=rehearse)

    def look(self, kind: str) -> tuple[int, bool]:
        """Columns of the terminal and whether to colour; plain and 80 wide for files and pipes."""
        terminal = kind == "table" and is_stdout(self.output) and stdout_is_terminal()
        if not terminal:
            return 80, False
        import shutil

        return max(60, min(shutil.get_terminal_size().columns, 120)), self.talk.wants_colour(terminal=True)

    def _paper(self) -> Paper:
        return Paper(self.originals, self.output, excel_csv=self.excel_csv)

    def _with_pages(self, make: Callable[[Paper], str | bytes]) -> str | bytes:
        """Render with pictures of the pages; without them where they cannot be drawn."""
        try:
            return self.apart(lambda: make(self._paper()), "the pages")
        except BelishaError as error:
            self.talk.remark(f"the pages could not be drawn, so there are no pictures: {error.what}")
            return make(Paper({}, self.output, excel_csv=self.excel_csv))

    def apart(self, make: Callable[[], str | bytes], label: str) -> bytes:
        """Make what needs the PDF opened again, in a process of its own unless isolation is off."""
        from belisha.safe_text import well_formed

        def as_bytes() -> bytes:
            made = make()
            return made if isinstance(made, bytes) else well_formed(made).encode("utf-8")

        if not self.isolated:
            return as_bytes()
        from belisha.isolation.reading import made_apart

        return made_apart(as_bytes, label=label, limits=self.limits)

    def _deliver(self, result: str | bytes) -> None:
        deliver(result, self.output)


def _profile(wanted: str | None) -> NamedProfile | None:
    if wanted is None:
        return None
    from belisha.profile_files import find_profile

    return find_profile(wanted)


def remarks(report: Report) -> Iterator[str]:
    """What a user should know of a report that was read: no table, pages left out, what the reader noted."""
    if not report.measures and not report.improvements:
        yield "no performance table was found, so there are no measures"
    whole_pages = sorted({item.page for item in report.unread if item.bbox is None and not item.text})
    if whole_pages:
        yield f"not read: page {', '.join(map(str, whole_pages))}; the reasons are under unread"
    yield from report.notes


def deliver(result: str | bytes, output: str | None) -> None:
    """Write a result, text as UTF-8, to a file, or to standard output for None or "-". Raises OutputError."""
    from belisha.safe_text import well_formed

    data = result if isinstance(result, bytes) else well_formed(result).encode("utf-8")
    if not is_stdout(output):
        assert output is not None  # noqa: S101 - None is standard output
        check_target(output)
        write_file(output, data)
        return
    if sys.stdout is None:
        raise OutputError("standard output is closed", advice="write to a file with -o")
    sys.stdout.flush()
    write_stream(sys.stdout.buffer, data)


def stdout_is_terminal() -> bool:
    """Is standard output a terminal?"""
    try:
        return sys.stdout is not None and sys.stdout.isatty()
    except ValueError:
        return False
