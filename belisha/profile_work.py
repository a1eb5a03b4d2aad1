"""The work of ``belisha profile``: list, show, draft, test."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from belisha.job import deliver, remarks
from belisha.outcome import shown_name
from belisha.output import check_target, is_stdout
from belisha.profile_files import NamedProfile, built_in, find_profile, in_files
from belisha.stdout_guard import others_to_stderr
from belisha.talk import Talk
from extract.errors import Exit
from normalise.records import Report


def listed(places: Iterable[str]) -> str:
    """One line a profile: its name or path, then the organisation."""
    found = [*built_in(), *in_files(places)]
    names = [str(entry.path or entry.name) for entry in found]
    width = max(map(len, names), default=0)
    return "".join(
        f"{name:<{width}}  {entry.profile.organisation or entry.profile.about or '(no organisation named)'}\n"
        for name, entry in zip(names, found, strict=True)
    )


def shown(name_or_path: str) -> str:
    """The text of a profile. Raises SettingsError if it cannot be used."""
    text = find_profile(name_or_path).text
    return text if text.endswith("\n") else text + "\n"


def drafted(report: str, output: str | None, *, password: str | None, talk: Talk) -> int:
    """Write a draft of a profile. Returns the exit code; raises BelishaError."""
    from belisha.profile_draft import draft

    if output is not None and not is_stdout(output):
        check_target(output, [report])
    deliver(draft(_read(report, None, password, talk)), output)
    return int(Exit.DONE)


def tested(profile: str, records: str, report: str, *, password: str | None, talk: Talk) -> int:
    """Print what differs. Returns 1 if something does, else 0; raises BelishaError."""
    from belisha.profile_check import differences, one_of, saved_reports

    chosen = find_profile(profile)
    known = saved_reports(records)
    fresh = _read(report, chosen, password, talk)
    saved = one_of(known, fresh, records)
    if saved.source.sha256 != fresh.source.sha256:
        talk.remark(f"{records}: these records were saved from another file ({saved.source.file})")
    lines = list(differences(saved, fresh))
    deliver("".join(f"{line}\n" for line in lines), None)
    same = "a difference" if len(lines) == 1 else f"{len(lines) or 'no'} differences"
    talk.remark(f"{shown_name(report)}: {same} in {len(saved.measures)} measures")
    return int(Exit.FINDINGS if lines else Exit.DONE)


def _read(name: str, profile: NamedProfile | None, password: str | None, talk: Talk) -> Report:
    from belisha.pipeline import read

    shown = shown_name(name)
    with others_to_stderr():
        report = read(
            sys.stdin.buffer if name == "-" else name,
            profile=profile,
            password=password,
            name="stdin" if name == "-" else None,
            progress=talk.heartbeat(shown),
        )
    for line in remarks(report):
        talk.remark(f"{shown}: {line}", file=shown)
    return report
