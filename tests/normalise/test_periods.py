"""Financial years and quarters in titles, dates, and what a column's period is to the report's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.periods import financial_year, heading_period, quarter_of, read_date, read_period, relation
from normalise.records import Period


@pytest.mark.parametrize(
    ("text", "year", "quarter"),
    [
        ("Performance in Quarter Two 2012/13", "2012/13", 2),
        ("Q3 (2014/15)", "2014/15", 3),
        ("Quarter 1 Performance Report 2015/16", "2015/16", 1),
        ("2016/17 Quarter 2", "2016/17", 2),
        ("results to the end of June 2021", "2021/22", 1),
        ("April to September 2012", "2012/13", 2),
        ("1 April 2013 - 30 June 2013", "2013/14", 1),
        ("01/04/2013 to 30/06/2013", "2013/14", 1),
        ("as at 31 March 2013", "2012/13", 4),
        ("Q2 2019-20", "2019/20", 2),
        ("4th Quarter 2018/2019", "2018/19", 4),
        ("Qtr 2", None, 2),
        ("third quarter", None, 3),
        ("Quarters 1 and 2 2014/15", "2014/15", 2),
        ("Year end 2013/14", "2013/14", 4),
        ("Half-year report 2013/14", "2013/14", 2),
        ("Annual Report 2013/14", "2013/14", None),
        ("Q2 2016", "2016/17", 2),
        ("Q4 2016", None, 4),
    ],
)
def test_periods(text: str, year: str | None, quarter: int | None) -> None:
    period = read_period(text)
    assert period is not None
    assert (period.year, period.quarter) == (year, quarter)


@pytest.mark.parametrize(
    "text", ["", "16 May 2012", "Minute 59/12", "item 12/13", "2012/15 plan", "Top quartile"]
)
def test_no_period(text: str) -> None:
    assert read_period(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "16 May 2012",
        "16th May, 2012",
        "Wednesday 16 May 2012",
        "16/05/2012",
        "16.5.12",
        "2012-05-16",
        "May 16, 2012",
        "the 16th of May 2012",
    ],
)
def test_dates(text: str) -> None:
    assert read_date(text) == "2012-05-16"


@pytest.mark.parametrize("text", ["", "31 February 2012", "13/13/2012", "2012/13", "May 2012"])
def test_no_date(text: str) -> None:
    assert read_date(text) is None


REPORT = Period(year="2014/15", quarter=2)


@pytest.mark.parametrize(
    ("heading", "stands", "rest"),
    [
        ("Q2 Actual", "this", "Actual"),
        ("Q2", "this", ""),
        ("2014/15 Q2 Target", "this", "Target"),
        ("Sept 14", "this", ""),
        ("Apr - Sep 2014", "this", ""),
        ("Position at 30 September 2014", "this", "Position"),
        ("Latest Month", "this", ""),
        ("Year to date", "this", ""),
        ("Q1", "earlier", ""),
        ("2013/14 Outturn", "earlier", "Outturn"),
        ("Q1 2014/15", "earlier", ""),
        ("Previous Quarter", "earlier", ""),
        ("Q2 2013/14", "same_last_year", ""),
        ("Sep 2013", "same_last_year", ""),
        ("Same period last year", "same_last_year", ""),
        ("Q3", "later", ""),
        ("Target 2015/16", "later", "Target"),
        ("March 15", "later", ""),
    ],
)
def test_columns(heading: str, stands: str, rest: str) -> None:
    found = heading_period(heading)
    assert found is not None
    assert relation(found, REPORT) == stands
    if found.span not in ("previous", "last_year"):
        assert found.rest == rest


@pytest.mark.parametrize(
    "heading", ["Target", "Maybe", "Status", "", "Direction of Travel", "% of 40", "1,204"]
)
def test_headings_without_a_period(heading: str) -> None:
    assert heading_period(heading) is None


def test_a_month_that_ends_no_quarter_is_the_reports_period_where_it_says_so() -> None:
    report = read_period("Dashboard - November 2020")
    stands = [relation(heading_period(h), report) for h in ("Sep-20", "Oct-20", "Nov-20", "Dec-20")]  # type: ignore[arg-type]  # all are periods
    assert stands == ["earlier", "earlier", "this", "later"]
    other = Period(year="2021/22", label="Annual report, meeting of November 2020")
    march = heading_period("Mar-22")
    assert march is not None
    assert relation(march, other) == "this"  # the month is of another year than the report


def test_without_a_report_period_only_words_settle_it() -> None:
    found = heading_period("Q1")
    assert found is not None
    assert relation(found, None) == "unknown"
    assert relation(found, Period(quarter=2)) == "earlier"


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_dates_are_read_back(day: date) -> None:
    assert read_date(f"{day.day} {day:%B} {day.year}") == day.isoformat()
    assert read_date(f"{day:%d/%m/%Y}") == day.isoformat()


@given(st.integers(2000, 2080), st.integers(1, 12))
def test_a_quarter_holds_three_months_of_one_financial_year(year: int, month: int) -> None:
    quarter = quarter_of(month)
    first = (quarter - 1) * 3 + 4
    assert month in [(first + i - 1) % 12 + 1 for i in range(3)]
    assert financial_year(year, month)[:4] == str(year if month > 3 else year - 1)


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    read_period(text)
    read_date(text)
    found = heading_period(text)
    if found:
        relation(found, REPORT)
