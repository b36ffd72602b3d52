"""Garbage collection stands back while a large plan is read or judged.

Python's collector looks at all objects again and again while many are made. Here nearly all of them stay, so
that it finds nothing and takes more than half of the time, and a growing share of it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Run without the cyclic collector; what is no longer referred to is freed all the same."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
