"""Where profiles are: those that ship with Belisha, by name, and TOML files, by path."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from extract.errors import SettingsError
from normalise.profiles import Profile, read_profile

if TYPE_CHECKING:
    from validate.scheme import Scheme

MAX_BYTES = 1_000_000  # a profile is a page or two; what is larger is something else


class NamedProfile(Struct, frozen=True):
    """A profile as it was found: its name for messages, its text, and the path of its file (None: built in)."""

    name: str
    text: str
    profile: Profile
    path: Path | None = None

    def scheme(self) -> Scheme | None:
        """The profile's rule as the audit uses it; None where it states none."""
        if not self.profile.scheme:
            return None
        from validate.rule_reader import read_scheme

        return replace(read_scheme(self.profile.rule()), origin="profile")


def find_profile(name_or_path: str | Path) -> NamedProfile:
    """A profile by name or path, checked whole. Raises SettingsError: no such profile, or what is wrong in it."""
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or text.endswith(".toml") or os.sep in text or "/" in text:
        return _checked(_from_file(Path(name_or_path)))
    known = {entry.name: entry for entry in built_in()}
    if text in known:
        return _checked(known[text])
    if Path(text).is_file():
        return _checked(_from_file(Path(text)))
    near = get_close_matches(text, sorted(known), n=1)
    hint = (
        f"did you mean {near[0]}?" if near else f"there is {', '.join(sorted(known))}, or name a .toml file"
    )
    raise SettingsError(f"there is no profile “{text}”", advice=hint)


def to_plain(named: NamedProfile | None) -> dict[str, str | None] | None:
    """A profile as plain values, for another process that may not see its file; None for none."""
    if named is None:
        return None
    return {"name": named.name, "text": named.text, "path": str(named.path) if named.path else None}


def from_plain(plain: Mapping[str, str | None] | None) -> NamedProfile | None:
    """The profile back from plain values."""
    if plain is None:
        return None
    name, text, path = plain["name"] or "", plain["text"] or "", plain["path"]
    return NamedProfile(name, text, read_profile(text, name=path or name), Path(path) if path else None)


def built_in() -> tuple[NamedProfile, ...]:
    """The profiles that ship with Belisha, by name."""
    folder = files("belisha") / "profiles"
    found = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            text = entry.read_text(encoding="utf-8")
            found.append(NamedProfile(entry.name[:-5], text, read_profile(text, name=entry.name)))
    return tuple(found)


def in_files(places: Iterable[str | Path]) -> Iterator[NamedProfile]:
    """The profiles in files and in the .toml files of folders. Raises SettingsError for one that is wrong."""
    for place in map(Path, places):
        for path in sorted(place.glob("*.toml")) if place.is_dir() else [place]:
            yield _from_file(path)


def _from_file(path: Path) -> NamedProfile:
    label = str(path)
    try:
        if path.is_dir():
            raise SettingsError("this is a folder", advice="name a TOML file in it", file=label)
        if not path.is_file():
            raise SettingsError("there is no such profile", advice="check the name", file=label)
        if path.stat().st_size > MAX_BYTES:
            raise SettingsError("this is too large to be a profile", file=label)
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError("this is not UTF-8 text", advice="save it as UTF-8", file=label) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SettingsError(f"this cannot be read ({reason})", file=label) from error
    return NamedProfile(path.stem, text, read_profile(text, name=label), path)


def _checked(found: NamedProfile) -> NamedProfile:
    """Refuse a rule that cannot be read: whoever writes one means it to be used."""
    scheme = found.scheme()
    if scheme is not None and not scheme.usable:
        from normalise.toml_lines import line_of

        quoted = "; ".join(scheme.not_understood) or "its bands"
        band = next((n for n, b in enumerate(found.profile.scheme) if b.text in quoted), 0)
        line = line_of(found.text, ["scheme", str(band), "text"])
        raise SettingsError(
            f"line {line}: the rule cannot be read: {quoted}",
            advice="word it as docs/how-to/write-a-profile.md shows",
            file=str(found.path or found.name),
        )
    return found
