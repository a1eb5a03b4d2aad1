"""Results of pure functions over texts, kept per vocabulary: the cells of a report say the same things again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from normalise.vocabulary import Vocabulary, load

_MOST = 20_000  # results a function keeps for one vocabulary; a long batch must not grow without end

_UNASKED = object()

P = ParamSpec("P")
R = TypeVar("R")


def remembered(function: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
    """The same function, answering what it was asked before from memory.

    Its result must hang on nothing but its arguments, which must be hashable, and on the vocabulary among them
    (ours where there is none); it must not be changed by who gets it.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def answer(text: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
        words: Vocabulary | None = None
        asked: list[object] = [text]
        for given in args:
            if type(given) is Vocabulary:
                words = given
            else:
                asked.append(given)
        for option, given in kwargs.items():
            if type(given) is Vocabulary:
                words = given
            else:
                asked.append((option, given))
        memory = (words or load()).memory
        known = memory.get(name)
        if known is None:
            known = memory[name] = {}
        key = tuple(asked)
        found = known.get(key, _UNASKED)
        if found is not _UNASKED:
            return found  # type: ignore[return-value]  # kept under this function's name
        if len(known) >= _MOST:
            known.clear()
        result = function(text, *args, **kwargs)
        known[key] = result
        return result

    return answer
