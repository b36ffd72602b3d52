"""Functions of Frappe that have one of ours around them, in this process: where it asks no hook.

The one around gets Frappe's function first, then what that is called with. It does its own for documents of the app, and
leaves all else to Frappe's. It is put on before it is needed, once in a process; other sites of the process have it too.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

_AT_ONCE = threading.Lock()
_ON: dict[Wrap, Callable[..., Any]] = {}
"""What is put on, with the function of Frappe's that was there."""


@dataclass(frozen=True)
class Wrap:
    """function: of Frappe's, ``name`` or ``Class.name``, in the module. around: ours.

    frappe: the newest version of Frappe of which it is known that it does not do the same by itself.
    """

    module: str
    function: str
    around: Callable[..., Any]
    frappe: int

    def place(self) -> tuple[Any, str]:
        """What holds the function, and the name under which it does."""
        *classes, name = self.function.split(".")
        return functools.reduce(getattr, classes, import_module(self.module)), name


def put_on(wraps: Iterable[Wrap]) -> None:
    """Put functions of ours around Frappe's. Those that are put on already stay as they are."""
    with _AT_ONCE:
        for wrap in wraps:
            if wrap not in _ON:
                holder, name = wrap.place()
                _ON[wrap] = getattr(holder, name)
                setattr(holder, name, _around(wrap, _ON[wrap]))


def take_off() -> None:
    """Give Frappe all of its functions back. Where somebody else has one around ours, that stays."""
    with _AT_ONCE:
        for wrap, original in reversed(list(_ON.items())):
            holder, name = wrap.place()
            if getattr(getattr(holder, name), "sm_planner", None) is wrap:
                setattr(holder, name, original)
                del _ON[wrap]


def _around(wrap: Wrap, original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return wrap.around(original, *args, **kwargs)

    wrapped.sm_planner = wrap
    return wrapped
