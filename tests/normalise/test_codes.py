"""Codes told from titles: what is a code, what only looks like one, what a table's other rows add."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.codes import code_style, looks_like_code, read_code_and_title


@pytest.mark.parametrize(
    ("text", "code", "others", "former", "title"),
    [
        ("DH Local 27 (NI 160) Tenants pleased", "DH Local 27", ("NI 160",), (), "Tenants pleased"),
        ("NI 147 Care leavers housed", "NI 147", (), (), "Care leavers housed"),
        ("LPI52g Share of letters", "LPI52g", (), (), "Share of letters"),
        ("LPI 52e Share of letters", "LPI 52e", (), (), "Share of letters"),
        ("AHH 01C (NI 130) Clients served", "AHH 01C", ("NI 130",), (), "Clients served"),
        ("CP 08b (HRprim5/BV12) - Days off", "CP 08b", ("HRprim5", "BV12"), (), "Days off"),
        ("SS PM07 Children per 10,000 (EIISS PM05)", "SS PM07", ("EIISS PM05",), (), "Children per 10,000"),
        (
            "SS PM14 (NI 101) Pupils (or equal) at Key Stage 4 (previously L&I PM10)",
            "SS PM14",
            ("NI 101",),
            ("L&I PM10",),
            "Pupils (or equal) at Key Stage 4",
        ),
        ("DH Local 1 (old bop 66b) Rent owed", "DH Local 1", (), ("bop 66b",), "Rent owed"),
        ("L&I PM02 (NI 73) (CP02b) Pupils", "L&I PM02", ("NI 73", "CP02b"), (), "Pupils"),
        ("YA&H PM03 Homes", "YA&H PM03", (), (), "Homes"),
        ("YA&H PM10 Homes", "YA&H PM10", (), (), "Homes"),
        ("EaRS PM18 Pubs", "EaRS PM18", (), (), "Pubs"),
        ("Regen PM14 Jobs", "Regen PM14", (), (), "Jobs"),
        ("HSG/001 Homes", "HSG/001", (), (), "Homes"),
        ("OS 01 Children", "OS 01", (), (), "Children"),
        ("HM03\nStreets swept", "HM03", (), (), "Streets swept"),
        ("CYPE01 Young people", "CYPE01", (), (), "Young people"),
        ("PI-12 Calls", "PI-12", (), (), "Calls"),
        ("1.2.3 Number of calls", "1.2.3", (), (), "Number of calls"),
        ("E.1 Energy used", "E.1", (), (), "Energy used"),
        ("HSG1.03 Lettings", "HSG1.03", (), (), "Lettings"),
        ("LGBF-ENV03a Bins", "LGBF-ENV03a", (), (), "Bins"),
        ("ENV3c-LGBF Street cleanliness", "ENV3c-LGBF", (), (), "Street cleanliness"),
        ("LI 12-FOI requests answered", "LI 12", (), (), "FOI requests answered"),
        ("CS12-CCTV cameras in use", "CS12", (), (), "CCTV cameras in use"),
        ("HSC/CH04 Calls", "HSC/CH04", (), (), "Calls"),
        ("CO-1 Calls", "CO-1", (), (), "Calls"),
        ("CO03 Calls", "CO03", (), (), "Calls"),
        ("KPI 4: Calls", "KPI 4", (), (), "Calls"),
        ("BV 109(a) Major schemes", "BV 109(a)", (), (), "Major schemes"),
        ("ENV/003 Plans decided (NI 54)", "ENV/003", ("NI 54",), (), "Plans decided"),
        ("HSG 1 / NI 155 Net homes", "HSG 1", ("NI 155",), (), "Net homes"),
        ("CP 01 (formerly NI 5 and BV 12) Views", "CP 01", (), ("NI 5", "BV 12"), "Views"),
    ],
)
def test_codes(text: str, code: str, others: tuple[str, ...], former: tuple[str, ...], title: str) -> None:
    read = read_code_and_title(text)
    assert (read.code, read.other_codes, read.former_codes, read.title) == (code, others, former, title)


def test_a_code_glued_to_its_title_is_cut_off_and_named() -> None:
    read = read_code_and_title("HM01Household bins")
    assert (read.code, read.title, read.signals) == ("HM01", "Household bins", ("glued-code",))


@pytest.mark.parametrize(
    "title",
    [
        "80% of new claims paid",
        "16 to 18 year olds at work",
        "No of private homes",
        "A legally sound plan",
        "Share of homes (gross)",
        "Pupils at level 4 (Threshold)",
        "People out of work (NEET)",
        "Rate (amended from 30% in 2012/13)",
        "5 A*-C GCSEs",
        "Letters (reported 2 months in arrears)",
        "NHS health checks",
        "FOI requests answered",
        "ADM 2 Meetings held",
        "CO2 emissions",
        "CO2 Emissions",
        "A&E waits",
        "Key Stage 2 results",
        "Band D council tax",
        "Level 4 Pupils",
        "GCSE 5+ A",
        "Year 6 Pupils",
        "M25 Works",
        "Covid-19 Cases",
        "S106 Receipts",
        "PM10 particulates",
        "Stage 2 Complaints",
        "Pupils at the end of (KS2)",
        "Urgent calls (CAT1)",
        "Under 18 Conceptions",
        "Top 10 Risks",
    ],
)
def test_what_only_looks_like_a_code_stays_in_the_title(title: str) -> None:
    read = read_code_and_title(title)
    assert (read.code, read.other_codes, read.title) == (None, (), title)


def test_other_rows_decide_what_one_row_leaves_open() -> None:
    rows = ["ADM 1 Meetings held", "ADM 2 Papers sent", "ADM 3 votes counted", "ADM 12 Petitions"]
    style = code_style(rows)
    assert style.leading is True
    assert [read_code_and_title(row, style=style).code for row in rows] == [
        "ADM 1",
        "ADM 2",
        "ADM 3",
        "ADM 12",
    ]


def test_codes_behind_the_titles_of_other_rows_prove_one_that_is_a_word() -> None:
    rows = [
        "Bins emptied [CO1]",
        "Visits made [CO2]",
        "Parks kept [CO3]",
        "Trees planted [EN4]",
        "Fires [CO5]",
    ]
    style = code_style(rows)
    assert [read_code_and_title(row, style=style).code for row in rows] == ["CO1", "CO2", "CO3", "EN4", "CO5"]
    assert read_code_and_title("Emissions (CO2)", style=style).code is None
    few = code_style(["Bins emptied [AT1]", "Carbon [CO2]", "Parks kept [AT3]", "Trees planted [EN4]"])
    assert read_code_and_title("Carbon [CO2]", style=few).code is None


def test_a_prefix_that_other_rows_prove_is_no_word_of_its_trade() -> None:
    rows = ["CO1 Bins emptied", "CO2 Streets swept", "CO3 Parks kept", "AT4 Trees planted"]
    assert [read_code_and_title(row, style=code_style(rows)).code for row in rows[:3]] == [
        "CO1",
        "CO2",
        "CO3",
    ]
    assert (
        read_code_and_title("CO2 Emissions", style=code_style(["CO2 Emissions", "Waste", "Water"])).code
        is None
    )


def test_running_numbers_are_codes_only_where_all_rows_have_them() -> None:
    numbered = ["1 Calls answered", "2 Letters sent", "3. Visits paid"]
    read = [read_code_and_title(row, style=code_style(numbered)) for row in numbered]
    assert [(r.code, r.title) for r in read] == [
        ("1", "Calls answered"),
        ("2", "Letters sent"),
        ("3", "Visits paid"),
    ]
    assert (
        read_code_and_title("12 Week health checks", style=code_style(["12 Week checks", "Calls"])).code
        is None
    )


def test_a_table_without_codes_keeps_titles_whole() -> None:
    style = code_style(["Calls answered", "Letters sent", "Visits paid", "UK 100 Firms helped", "Homes let"])
    assert style.leading is False
    assert read_code_and_title("UK 100 Firms helped", style=style).code is None
    assert read_code_and_title("NI 147 Homes let", style=style).code == "NI 147"


@pytest.mark.parametrize(
    ("cell", "code", "others", "former"),
    [
        ("HSG/001", "HSG/001", (), ()),
        ("HSG 1\nNI 155", "HSG 1", ("NI 155",), ()),
        ("HSG 1 (NI 155)", "HSG 1", ("NI 155",), ()),
        ("HSG 1 (was NI 155)", "HSG 1", (), ("NI 155",)),
        ("HSG 1 / NI 155", "HSG 1", ("NI 155",), ()),
        ("17", "17", (), ()),
        ("2b", "2b", (), ()),
        ("-", None, (), ()),
    ],
)
def test_a_code_column(cell: str, code: str | None, others: tuple[str, ...], former: tuple[str, ...]) -> None:
    read = read_code_and_title("Homes let (gross)", code_column=cell)
    assert (read.code, read.other_codes, read.former_codes, read.title) == (
        code,
        others,
        former,
        "Homes let (gross)",
    )


def test_a_code_column_beside_a_code_in_the_title() -> None:
    read = read_code_and_title("RES/003 Days off per head (NI 109)", code_column="RES/003")
    assert (read.code, read.other_codes, read.title) == ("RES/003", ("NI 109",), "Days off per head")


@pytest.mark.parametrize(
    ("text", "is_code"), [("HM1", True), ("NI 12", True), ("Q1", False), ("KS2", False), ("45%", False)]
)
def test_what_has_the_form_of_a_code(text: str, is_code: bool) -> None:
    assert looks_like_code(text) is is_code


@given(st.text(max_size=60), st.one_of(st.none(), st.text(max_size=20)))
def test_no_text_breaks_it(text: str, column: str | None) -> None:
    read_code_and_title(text, code_column=column)


@given(st.lists(st.text(max_size=30), max_size=8))
def test_every_table_has_a_style_and_no_row_loses_its_words(rows: list[str]) -> None:
    style = code_style(rows)
    for row in rows:
        read = read_code_and_title(row, style=style)
        parts = [read.code or "", *read.other_codes, *read.former_codes, read.title]
        kept = sum(ch.isalnum() for part in parts for ch in part)
        printed = sum(ch.isalnum() for ch in read.printed)
        assert kept <= printed + len(read.code or "")
        assert kept >= printed - sum(len(w) for w in ("formerly", "previously")) * len(read.former_codes)
