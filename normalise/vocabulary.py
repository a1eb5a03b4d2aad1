"""The words councils use, kept as data beside the code, and how a profile adds its own.

Each ``data/*.toml`` file is read once into a frozen model that refuses unknown keys, so that a misspelt
key is an error and not a silence. Nothing here ever changes after it is loaded: ``extended`` gives a new
vocabulary and leaves the old one as it was.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict

from normalise.column_rules import RuleIndex
from normalise.data_files import parsed
from normalise.records import Role


@lru_cache(maxsize=1024)
def snake(text: str) -> str:
    """Words as lower_snake_case: "On target" -> on_target."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


class Data(BaseModel):
    """Base of all models of data files: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Model = TypeVar("Model", bound=Data)
_ROLES = frozenset(get_args(Role)) - {"direction"}  # that is a field's name as well


class UnitWords(Data):
    """Words of value cells: printed forms by canonical name, all lower case."""

    units: dict[str, tuple[str, ...]] = {}
    scales: dict[str, tuple[str, ...]] = {}  # "1000" -> ("k", "thousand"): multiplier to its forms
    currencies: dict[str, tuple[str, ...]] = {}
    compounds: dict[str, Decimal] = {}  # unit of a compound time -> seconds
    bounds_before: dict[str, tuple[str, ...]] = {}
    bounds_after: dict[str, tuple[str, ...]] = {}
    qualifiers: dict[str, tuple[str, ...]] = {}
    labels: tuple[str, ...] = ()  # words that may stand before a figure and mean no more than their column
    nulls: tuple[str, ...] = ()
    zeros: tuple[str, ...] = ()
    of_when: tuple[str, ...] = ()
    time_hints: tuple[str, ...] = ()
    ratio_hints: tuple[str, ...] = ()


class HueRange(Data):
    """A status colour: hue in degrees (``low`` may exceed ``high`` over 0), chroma and value from 0 to 1."""

    status: str
    low: float
    high: float
    min_chroma: float
    min_value: float
    dark_chroma: float = 0.0  # chroma that colours darker than 0.6 must have
    named_chroma: float = (
        0.0  # chroma that is enough where the report names the status; 0: no less than min_chroma
    )


class StatusWords(Data):
    """Printed forms of statuses, and what colours mean."""

    colours: tuple[str, ...] = ()
    letters: dict[str, str] = {}
    forms: dict[str, tuple[str, ...]] = {}
    words: tuple[str, ...] = ()  # statuses that are their own snake_case word
    unrated: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()  # statuses of a target that was not reached
    signs: dict[str, str] = {}  # shapes of lights without colour, and the status that each is
    hues: tuple[HueRange, ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()  # colour words that printers use for one another
    grey: tuple[float, float] = (0.4, 0.78)

    @cached_property
    def lookup(self) -> dict[str, str]:
        """Every printed form, lower case, and its status."""
        table = {word: snake(word) for word in self.words}
        table |= {colour: "grey" if colour == "gray" else colour for colour in self.colours}
        for status, forms in self.forms.items():
            table |= dict.fromkeys(forms, status)
            table.setdefault(status.replace("_", " "), status)
        return table | self.letters

    @cached_property
    def forms_of_length(self) -> dict[int, list[tuple[str, str]]]:
        """The printed forms with their statuses, by the number of their letters."""
        found: dict[int, list[tuple[str, str]]] = {}
        for form, status in self.lookup.items():
            found.setdefault(len(form), []).append((form, status))
        return found

    @cached_property
    def unrated_forms(self) -> dict[str, str]:
        """The forms, longer than a word or two, of statuses that judge nothing."""
        return {
            form: status for form, status in self.lookup.items() if len(form) >= 6 and status in self.unrated
        }


class DirectionWords(Data):
    """Words of direction columns; ``merit`` words judge, ``plain`` words only say which way."""

    shapes: dict[str, str] = {}
    faces: dict[str, str] = {}  # shapes that judge, and their merit
    merit: dict[str, tuple[str, ...]] = {}
    plain: dict[str, tuple[str, ...]] = {}
    signs: dict[str, tuple[str, ...]] = {}
    none: tuple[str, ...] = ()


class PolarityHint(Data):
    """Title words that tell which way is good: regular expressions over the lower-case title."""

    good_is: Literal["high", "low"]
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    reason: str


class PolarityWords(Data):
    """What a "good is" cell says, and what titles imply."""

    high: tuple[str, ...] = ()
    low: tuple[str, ...] = ()
    neither: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()  # words of polarity cells that can mean nothing else
    hints: tuple[PolarityHint, ...] = ()


class ColumnRule(Data):
    """A heading belongs to ``field`` when it holds one phrase of each group and none of ``without``.

    ``only`` lists headings that match as a whole. Rules are tried in order; the first that fits wins.
    """

    field: str
    only: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    role: str | None = None


class ColumnWords(Data):
    """Words of column headings, and words that tell tables that are no dashboard."""

    rules: tuple[ColumnRule, ...] = ()
    foreign: tuple[str, ...] = ()  # headings of risk registers, project plans, budgets
    of_actions: tuple[str, ...] = ()  # those of them that stand beside actions in an improvement report
    milestones: tuple[
        str, ...
    ] = ()  # headings of dates or texts, and of targets where figures stand below them
    telling: tuple[str, ...] = ()  # words of which every page that has to do with measures holds one
    subjects: tuple[str, ...] = ()  # headings of what a table lists that holds no measures: savings, risks
    never: tuple[str, ...] = ()  # headings that no table of measures has
    counted: tuple[str, ...] = ()  # headings over counts of statuses
    measure_words: tuple[str, ...] = ()  # words that say that a table lists measures all the same
    failing: tuple[str, ...] = ()  # heading words of tables that list only what needs improving
    legend_meanings: tuple[str, ...] = ()
    other_tables: tuple[
        str, ...
    ] = ()  # captions of glossaries, risks, finance … that may follow without a gap
    legend_symbols: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()  # words of columns that as a heading above a table name its section

    @cached_property
    def index(self) -> RuleIndex:
        """The rules as they are looked up."""
        return RuleIndex(self.rules)


class CodeWords(Data):
    """What stands before a number in a code, and what only looks like one."""

    schemes: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    not_codes: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


class ProfileWords(Data):
    """Words that one organisation adds. All empty: nothing changes.

    ``columns`` maps a field, or the role of a column that is no field, to headings as ``heading_words`` gives them.
    """

    statuses: dict[str, tuple[str, ...]] = {}
    good_is_high: tuple[str, ...] = ()
    good_is_low: tuple[str, ...] = ()
    directions: dict[str, tuple[str, ...]] = {}
    columns: dict[str, tuple[str, ...]] = {}
    units: dict[str, tuple[str, ...]] = {}
    code_schemes: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    shapes: dict[str, str] = {}  # a character that stands for a sign -> its shape, as in extract/cells.py


class Vocabulary(Data):
    """All word data together. ``sections`` are names of sections in lower case; only profiles have them."""

    values: UnitWords
    statuses: StatusWords
    directions: DirectionWords
    polarity: PolarityWords
    columns: ColumnWords
    codes: CodeWords
    sections: frozenset[str] = frozenset()

    @cached_property
    def memory(self) -> dict[str, dict[object, object]]:
        """What functions over texts have found with this vocabulary, by their names (see memory.py)."""
        return {}

    def extended(self, added: ProfileWords) -> Vocabulary:
        """A new vocabulary in which the profile's words come before our own."""
        if added == ProfileWords():
            return self
        rules = tuple(
            ColumnRule(field="extra", role=name, only=_lower(words))
            if name in _ROLES
            else ColumnRule(field=name, only=_lower(words))
            for name, words in added.columns.items()
        )
        ours = self.statuses
        named = {word.lower() for words in added.statuses.values() for word in words}
        ways = dict(added.directions)
        for sign, shape in added.shapes.items():
            way = self.directions.shapes.get(shape)
            if way is not None:
                ways[way] = (*ways.get(way, ()), sign)
        return Vocabulary(
            values=_changed(self.values, {"units": _joined(added.units, self.values.units)}),
            statuses=_changed(
                ours,
                {
                    "forms": _joined(added.statuses, ours.forms),
                    "letters": {k: v for k, v in ours.letters.items() if k not in named},
                    "words": tuple(w for w in ours.words if w not in named),
                },
            ),
            directions=_changed(
                self.directions,
                {
                    "plain": _joined(ways, self.directions.plain),
                    "signs": _joined(ways, self.directions.signs),
                },
            ),
            polarity=_changed(
                self.polarity,
                {
                    "high": _lower(added.good_is_high) + _without(self.polarity.high, added.good_is_low),
                    "low": _lower(added.good_is_low) + _without(self.polarity.low, added.good_is_high),
                },
            ),
            columns=_changed(self.columns, {"rules": rules + self.columns.rules}),
            codes=_changed(self.codes, {"schemes": added.code_schemes + self.codes.schemes}),
            sections=self.sections | {word.lower() for word in added.sections},
        )


def _changed(model: Model, updates: dict[str, object]) -> Model:
    """A new model with some fields replaced; what the old one has worked out from them is left behind."""
    return type(model)(**{name: getattr(model, name) for name in type(model).model_fields} | updates)


def _lower(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)


def _without(words: tuple[str, ...], taken: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _lower(taken))


def _joined(added: dict[str, tuple[str, ...]], own: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Both together; a word that the profile gives a meaning loses the one that it has with us."""
    taken = tuple(word for words in added.values() for word in words)
    both = {name: _without(words, taken) for name, words in own.items()}
    for name, words in added.items():
        both[name] = _lower(words) + both.get(name, ())
    return both


def read_data(name: str, model: type[Model]) -> Model:
    """One data file as its model. Raises pydantic.ValidationError where the file does not fit the model."""
    return model.model_validate(parsed(name))


@cache
def load() -> Vocabulary:
    """The vocabulary that ships with Belisha, read once."""
    return Vocabulary(
        values=read_data("values.toml", UnitWords),
        statuses=read_data("statuses.toml", StatusWords),
        directions=read_data("directions.toml", DirectionWords),
        polarity=read_data("polarity.toml", PolarityWords),
        columns=read_data("columns.toml", ColumnWords),
        codes=read_data("codes.toml", CodeWords),
    )
