"""Value cells: figures, units, scales, bounds, marks; and words that must stay words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from normalise.records import Value
from normalise.values import ParsedValue, read_value


def value(text: str, hint: str = "") -> ParsedValue:
    read = read_value(text, hint=hint)
    assert read is not None, text
    return read


@pytest.mark.parametrize(
    ("printed", "figure", "unit", "resolution"),
    [
        ("41", "41", "number", "1"),
        ("12,604", "12604", "number", "1"),
        ("63.4%", "63.4", "percent", "0.1"),
        ("63 per cent", "63", "percent", "1"),
        ("100 %", "100", "percent", "1"),
        ("0.07%", "0.07", "percent", "0.01"),
        (".5%", "0.5", "percent", "0.1"),
        ("14.20 days", "14.20", "days", "0.01"),
        ("6 working days", "6", "days", "1"),
        ("8.5 FTE days", "8.5", "days", "0.1"),
        ("3 weeks", "3", "weeks", "1"),
        ("£4.7m", "4700000", "gbp", "100000"),
        ("£ 4.7 m", "4700000", "gbp", "100000"),
        ("£m 4.7", "4700000", "gbp", "100000"),
        ("4.7 £m", "4700000", "gbp", "100000"),
        ("↑ 63.4%", "63.4", "percent", "0.1"),
        ("5/100,000", "5", "per 100,000", "1"),
        ("0:45", "0.75", "minutes", "0.016667"),
        ("£4,700,000", "4700000", "gbp", "1"),
        ("£81.0k", "81000", "gbp", "100"),
        ("£12.50 per hour", "12.50", "gbp per hour", "0.01"),
        ("2.5 million", "2500000", "number", "100000"),
        ("3.1m", "3100000", "number", "100000"),
        ("51.2 per 10,000 popn", "51.2", "per 10,000 population", "0.1"),
        ("51.2 per\n10,000 population", "51.2", "per 10,000 population", "0.1"),
        ("51.2 per 10000", "51.2", "per 10,000", "0.1"),
        ("2,010 per 1,000", "2010", "per 1,000", "1"),
        ("5.3 days per FTE", "5.3", "days per fte", "0.1"),
        ("9 cases per 1,000", "9", "cases per 1,000", "1"),
        ("17 households", "17", "households", "1"),
        ("0.4pp", "0.4", "percentage points", "0.1"),
        ("3.6 tCO2e", "3.6", "tonnes co2e", "0.1"),
        ("14 m²", "14", "square metres", "1"),
        ("−3.2", "-3.2", "number", "0.1"),
        ("-£1.2m", "-1200000", "gbp", "100000"),
        ("£-1.2m", "-1200000", "gbp", "100000"),
        ("(£450k)", "-450000", "gbp", "1000"),
        ("(1.7)%", "-1.7", "percent", "0.1"),
        ("9/14", "9", "of 14", "1"),
        ("9 out of 14", "9", "of 14", "1"),
        ("1:14", "14", "ratio", "1"),
        ("4 mins 30 secs", "4.5", "minutes", "0.016667"),
        ("2 weeks 3 days", "17", "days", "1"),
        ("12\u2009345", "12345", "number", "1"),
    ],
)
def test_figures(printed: str, figure: str, unit: str, resolution: str) -> None:
    read = value(printed)
    assert (read.value, read.unit, read.resolution) == (Decimal(figure), unit, Decimal(resolution))
    assert read.qualifier is None


def test_scaled_figures_have_no_empty_fraction() -> None:
    assert f"{value('£1.2m').value:f}" == "1200000"


@pytest.mark.parametrize("printed", ["", "  ", "N/A", "n/a", "Not applicable", "N / A"])
def test_nothing(printed: str) -> None:
    assert read_value(printed) is None


@pytest.mark.parametrize(
    "printed",
    [
        "On schedule",
        "New indicator",
        "TBC",
        "-",
        "–",
        "No data",
        "Not due",
        "No target",
        "Top quartile",
        "Baseline",
        "%",
        "2013/14",
        "2013-14",
        "16 May 2013",
        "May 2013",
        "Q3 2013/14",
        "By March 2014",
        "16/05/2013",
    ],
)
def test_words_and_dates_have_no_value(printed: str) -> None:
    read = value(printed)
    assert (read.value, read.unit, read.printed, read.signals) == (None, None, printed, ())


@pytest.mark.parametrize(
    ("printed", "signal"),
    [
        ("61% 58%", "two-figures"),
        ("£1.2m/£1.5m", "two-figures"),
        ("345 341", "two-figures"),
        ("1,5", "two-figures"),
        ("12,3456", "two-figures"),
        ("2.1.3", "two-figures"),
        ("2nd quartile", "figure-in-words"),
        ("Aiming for 40", "figure-in-words"),
        ("(45)", "bracketed-figure"),
        ("75/80%", "two-figures"),
        ("10 → 12", "two-figures"),
        ("4 th", "figure-in-words"),
        ("2. A safe town", "figure-in-words"),
    ],
)
def test_what_is_not_plain_is_not_guessed(printed: str, signal: str) -> None:
    read = value(printed)
    assert read.value is None
    assert signal in read.signals


@pytest.mark.parametrize(
    ("printed", "qualifier", "clean"),
    [
        ("31% (Provisional)", "provisional", "31% (Provisional)"),
        ("31% (Provisio nal)", "provisional", "31% (Provisional)"),
        ("31%\n(p)", "provisional", "31% (p)"),
        ("31% (est)", "estimated", "31% (est)"),
        ("6.1 days (July figures)", "july figures", "6.1 days (July figures)"),
        ("75% (15/20)", "15/20", "75% (15/20)"),
        ("8 (11 last year)", "11 last year", "8 (11 last year)"),
        ("about 60", "approximate", "about 60"),
        ("£1.2m underspend", "underspend", "£1.2m underspend"),
        ("+/-5%", "±", "+/-5%"),
        ("5% +/-", "±", "5% +/-"),
        ("Q1: 95%", "q1", "Q1: 95%"),
        ("Green 95%", "green", "Green 95%"),
        ("80% by 2014", "by 2014", "80% by 2014"),
        ("45 (r)", "revised", "45 (r)"),
    ],
)
def test_qualifiers(printed: str, qualifier: str, clean: str) -> None:
    read = value(printed)
    assert read.value is not None
    assert (read.qualifier, read.printed) == (qualifier, clean)


@pytest.mark.parametrize("printed", ["88.1%1", "88.1%¹", "88.1%*", "88.1% †", "88.1% [2]", "88.1% (1)"])
def test_footnote_marks_do_not_change_a_figure(printed: str) -> None:
    read = value(printed)
    assert (read.value, read.unit, read.qualifier) == (Decimal("88.1"), "percent", None)
    assert "footnote-mark" in read.signals


@pytest.mark.parametrize(
    ("printed", "bound"),
    [
        ("<5", "lt"),
        ("≥ 95%", "ge"),
        ("less than 5%", "lt"),
        ("more than 30", "gt"),
        ("30 or more", "ge"),
        ("95%+", "ge"),
        ("up to 10 days", "le"),
        ("10 days or less", "le"),
        ("at least 4", "ge"),
    ],
)
def test_bounds(printed: str, bound: str) -> None:
    read = value(printed)
    assert (read.bound, read.qualifier) == (bound, None)
    assert read.value is not None


@pytest.mark.parametrize("printed", ["45-50%", "45% - 50%", "between 45% and 50%", "45 to 50%"])
def test_a_range_keeps_both_ends(printed: str) -> None:
    read = value(printed)
    assert (read.value, read.upper, read.unit) == (Decimal(45), Decimal(50), "percent")


def test_the_hint_tells_time_from_ratio_and_adds_no_unit() -> None:
    assert value("2:30", "Average time to answer").unit == "minutes"
    assert value("2:30", "Average time to answer").value == Decimal("2.5")
    assert value("2:30", "Something else").value is None
    assert value("41", "Days taken to answer (%)").unit == "number"


def test_accounting_brackets_are_named() -> None:
    assert "bracketed-negative" in value("(£450k)").signals


@given(st.text(alphabet=st.sampled_from("0123456789.,%£-()/: kmpdaysé²¹*†<≥\n\u2009"), max_size=20))
def test_no_text_of_figures_breaks_it(text: str) -> None:
    read = read_value(text)
    assert read is None or (read.value is None) == (read.unit is None)
    assert read is None or (read.value is None) == (read.resolution is None)


@given(st.text(max_size=40), st.text(max_size=20))
def test_no_text_breaks_it(text: str, hint: str) -> None:
    read_value(text, hint=hint)


@given(
    st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["", "%", " days", " per 10,000"])
)
def test_what_is_printed_plainly_is_read_back(figure: Decimal, unit: str) -> None:
    read = value(f"{figure:,}{unit}")
    assert read.value == figure
    assert read.resolution == Decimal("0.01")


@given(st.integers(min_value=1, max_value=10**6))
def test_a_minus_turns_the_sign_only(figure: int) -> None:
    assert value(f"-{figure}").value == -figure
    assert value(f"({figure}%)").value == -figure


@given(st.integers(1, 60), st.sampled_from(["", "m", " bn", "%", ":30", "/7", " days", "-12"]))
def test_a_figure_of_any_length_is_read_exactly_or_kept_as_words(length: int, after: str) -> None:
    read = value("7" * length + after)
    assert (read.value is None) is ("too-many-digits" in read.signals) or after in (":30", "/7", "-12")
    assert length <= 18 or "too-many-digits" in read.signals


@pytest.mark.parametrize("printed", ["1e999999999", "1e-999999999", "9" * 61])
def test_a_record_with_a_figure_beyond_all_bounds_is_refused(printed: str) -> None:
    with pytest.raises(ValidationError):
        Value.model_validate({"printed": "x", "value": printed})


HINTS = ("", "minutes to answer", "ratio", "length in metres", "date of birth", "per 1,000", "£m")


@given(
    st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,4})?%?", fullmatch=True, alphabet=st.characters(max_codepoint=127))
)
def test_a_bare_figure_is_read_as_one_among_spaces(printed: str) -> None:
    """What is but digits is read at a glance; with a space behind it, it goes the way of all others."""
    for hint in HINTS:
        assert read_value(printed, hint=hint) == read_value(f"{printed} ", hint=hint)
