"""What a check is: constants that say what it does, and one method that yields findings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from normalise.records import Finding
from validate.checks.evidence import Evidence


class Check(ABC):
    """One question put to a whole report.

    ``kind`` names its findings, ``fields`` what they may be about, ``accuses`` whether any of them may be
    "contradicted". The other texts become its page in the manual; write them for a councillor.
    """

    kind: ClassVar[str]
    title: ClassVar[str]
    fields: ClassVar[tuple[str, ...]]
    accuses: ClassVar[bool]
    compares: ClassVar[str]
    matters: ClassVar[str]
    silent: ClassVar[str]
    example: ClassVar[str]

    @abstractmethod
    def find(self, evidence: Evidence) -> Iterator[Finding]:
        """Yield what there is to say. Must not change anything and must give the same findings each time."""
