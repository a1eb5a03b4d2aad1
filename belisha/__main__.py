"""Start of the program. Turns whatever happens into one line and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from click import ClickException

    from belisha.talk import Talk


def main() -> None:
    """Entry point of ``belisha`` and ``python -m belisha``."""
    try:
        from belisha.stdout_guard import guard

        guard()
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    _close_quietly()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; writes to ``sys.stdout`` and ``sys.stderr``."""
    from belisha.collecting import collecting_seldom
    from belisha.talk import Talk

    talk = Talk()
    try:
        with collecting_seldom():
            return _run(list(arguments), talk)
    except KeyboardInterrupt:
        talk.error("stopped", exit_code=130)
        return 130


def _run(arguments: list[str], talk: Talk) -> int:
    from click import Abort, ClickException

    from belisha.cli import cli

    try:
        code = cli.main(arguments, prog_name="belisha", obj=talk, standalone_mode=False)
        return int(code or 0)
    except Abort:
        raise KeyboardInterrupt from None
    except ClickException as wrong:
        talk.error(_usage_line(wrong), exit_code=2, cause=wrong)
        return 2
    except SystemExit:
        return 0  # click leaves so when the reader of --help has gone away
    except BrokenPipeError:
        return 0
    except OSError as cause:  # inputs and files have been dealt with: this is help, version or doctor
        return _unwritable(cause, talk)
    except Exception as cause:
        return _trouble(cause, talk)


def _usage_line(wrong: ClickException) -> str:
    from click import UsageError

    words = " ".join(wrong.format_message().split()).rstrip(".")
    if isinstance(wrong, UsageError) and wrong.ctx is not None:
        return f"{words}; see {wrong.ctx.command_path} --help"
    return words


def _unwritable(cause: OSError, talk: Talk) -> int:
    from belisha.output import cannot_write

    error = cannot_write("standard output", cause)
    talk.error(str(error), exit_code=int(error.exit_code), cause=cause)
    return int(error.exit_code)


def _trouble(cause: Exception, talk: Talk) -> int:
    from belisha.neighbours import hidden_stages

    hidden = hidden_stages()
    if hidden:
        talk.error(str(hidden[0]), exit_code=2, cause=cause)
        return 2
    from belisha.outcome import UnexpectedError
    from extract.errors import BelishaError

    error = cause if isinstance(cause, BelishaError) else UnexpectedError(cause)
    talk.error(str(error), exit_code=int(error.exit_code), cause=cause, file=error.file, page=error.page)
    return int(error.exit_code)


def _close_quietly() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            from belisha.output import drop

            drop(stream.buffer)


if __name__ == "__main__":
    main()
