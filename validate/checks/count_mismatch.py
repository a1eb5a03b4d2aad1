"""Counts in the text against the rows of the dashboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from normalise.records import Finding, Measure, Verdict
from normalise.row_kinds import may_be_measure
from normalise.statuses import is_rated
from validate.checks.check import Check
from validate.checks.evidence import Evidence, doubtful
from validate.narrative import Count, Statement, read_counts
from validate.words import status_in_words, status_key

NEAR = 10  # a total this many per cent from the rows read is about the same measures


class Tables(Struct, frozen=True, dict=True):
    """What the rows say, for counts of one kind of status."""

    measures: tuple[Measure, ...]
    of: str

    @cached_property
    def printed(self) -> Counter[str]:
        """How often each status that judges is printed."""
        found = (getattr(m, self.of) for m in self.measures)
        return Counter(status_key(s) for s in found if s is not None and is_rated(s))

    @property
    def rows(self) -> int:
        return len(self.measures)

    @property
    def rated(self) -> int:
        return sum(self.printed.values())

    @property
    def empty(self) -> int:
        """How many rows have neither a status, nor a word in its place, nor a note over it."""
        return sum(getattr(m, self.of) is None and not m.note for m in self.measures)

    @property
    def sure(self) -> bool:
        """Are there statuses, and was each of them read without doubt?"""
        return self.rated > 0 and not any(doubtful(m, self.of) for m in self.measures)


class CountMismatch(Check):
    kind = "count-mismatch"
    title = "The text counts otherwise than the rows"
    fields = ("narrative_count",)
    accuses = True
    compares = (
        "The numbers of measures that the text gives for each status with the rows of the dashboard, as "
        "printed."
    )
    matters = (
        "Most readers take the sentence in the summary, not the table; and a count that fits proves that no "
        "row was lost."
    )
    silent = (
        "It is not certain what is counted: the total in the text is not the number of rows read, the "
        "sentence speaks of another period, of actions or projects, or gives a rough number; or a row's "
        "status was not read. Where all counts differ, or a row that may be a measure is listed as unread, it is "
        "told but not held against the report."
    )
    example = (
        "“34 indicators were measured; 19 are Green, 8 Amber and 10 Red” above 34 rows of which 16 are Green."
    )

    def find(self, evidence: Evidence) -> Iterator[Finding]:
        report = evidence.report
        if not report.measures:
            return
        used = sorted({s for _, _, s in evidence.statuses()})
        statements = read_counts(report.passages, report.report.period, used)
        rows = len(report.measures)
        totals = {s.total for s in statements if s.total is not None}
        whole = not any(may_be_measure(unread) for unread in report.unread)
        told: set[tuple[str, str | None, str]] = set()
        for statement in statements:
            tables = Tables(report.measures, statement.of)
            for finding in self._compare(statement, tables, said_elsewhere=rows in totals, whole=whole):
                key = (statement.of, finding.status, finding.printed or "")
                if key not in told:
                    told.add(key)
                    yield finding
        yield from self._totals(statements, rows, Tables(report.measures, "status").rated)

    def _compare(
        self, statement: Statement, tables: Tables, *, said_elsewhere: bool, whole: bool
    ) -> Iterator[Finding]:
        if not statement.counts or not tables.sure:
            return
        wrong = [c for c in statement.counts if self._printed(c, tables) != c.number]
        why = self._certain(statement, tables)
        agreeing = len(statement.counts) - len(wrong)
        if not why and not (said_elsewhere and agreeing > 1 and statement.total is None and not tables.empty):
            return
        verdict: Verdict = "contradicted"
        doubt = ""
        if not why:
            why = "another sentence gives the number of rows as the total"
            verdict, doubt = "depends", "The sentence may count only a part of the measures."
        elif len(wrong) > 2 and not agreeing:
            verdict, doubt = "depends", "Since every count differs, the text may count something else."
        elif not whole:
            verdict, doubt = "depends", "Rows that are listed as unread may be measures."
        for count in wrong:
            yield self._finding(statement, count, self._printed(count, tables), why, verdict, doubt)
        if not wrong and statement.rated not in (None, tables.rated) and statement.total == tables.rows:
            yield self._rated(statement, tables)

    @staticmethod
    def _certain(statement: Statement, tables: Tables) -> str:
        """Why the text and the rows speak of the same measures; empty where that is not certain."""
        if tables.rated in (statement.total, statement.rated):
            return f"the text speaks of {tables.rated} rated measures, and so many rows have a status"
        if tables.empty or statement.rated is not None:
            return ""  # the text says how many are rated, and it is not the number that was read
        if statement.total is not None:
            same = statement.total == tables.rows
            return (
                f"the text speaks of {statement.total} measures, and so many rows were read" if same else ""
            )
        if statement.sum == tables.rated:
            return f"the counts add up to {statement.sum}, and so many rows were read"
        return ""

    @staticmethod
    def _printed(count: Count, tables: Tables) -> int:
        return sum(tables.printed[status_key(s)] for s in count.statuses)

    def _finding(
        self, statement: Statement, count: Count, rows: int, why: str, verdict: Verdict, doubt: str
    ) -> Finding:
        name = " or ".join(status_in_words(s) for s in count.statuses)
        later = "forecast to be " if statement.of == "forecast_status" else ""
        return Finding(
            kind=self.kind,
            verdict=verdict,
            page=statement.source.page,
            bbox=statement.source.bbox,
            field="narrative_count",
            printed=str(count.number),
            expected=(str(rows),),
            status=count.statuses[0] if len(count.statuses) == 1 else None,
            arithmetic=f"text {count.number}, rows {rows}",
            rule=statement.text,
            message=f"The text counts {count.number} measures as {later}{name}; the dashboard has {rows}."
            + (f" {doubt}" if doubt else ""),
            causes=(
                f"Misreading: no status was read with doubt, and {why}.",
                f"Rule: {doubt or 'the sentence speaks of this period and of measures.'}",
                "Report: this is what remains." if verdict == "contradicted" else doubt,
            ),
        )

    def _rated(self, statement: Statement, tables: Tables) -> Finding:
        return Finding(
            kind=self.kind,
            verdict="note",
            page=statement.source.page,
            bbox=statement.source.bbox,
            field="narrative_count",
            printed=str(statement.rated),
            expected=(str(tables.rated),),
            arithmetic=f"text {statement.rated}, rows with a rating {tables.rated}",
            rule=statement.text,
            message=(
                f"The text says that {statement.rated} measures could be rated; "
                f"{tables.rated} rows of the dashboard have a rating."
            ),
            causes=("Rule: the text may count ratings otherwise.",),
        )

    def _totals(self, statements: tuple[Statement, ...], rows: int, rated: int) -> Iterator[Finding]:
        """A total near the number of rows read, but not equal to it: a row may have been lost."""
        said = [s for s in statements if s.total is not None and s.of == "status"]
        if any(s.total in (rows, rated) for s in said):
            return
        for statement in said:
            total = statement.total or 0
            if abs(total - rows) * 100 <= NEAR * rows:
                yield Finding(
                    kind=self.kind,
                    verdict="note",
                    page=statement.source.page,
                    bbox=statement.source.bbox,
                    field="narrative_count",
                    printed=str(total),
                    expected=(str(rows),),
                    arithmetic=f"text {total}, rows read {rows}",
                    rule=statement.text,
                    message=f"The text speaks of {total} measures; {rows} rows were read.",
                    causes=(
                        "Misreading: a row may have been lost or cut in two.",
                        "Rule: the text may count otherwise.",
                    ),
                )
                return
