"""Jinja for reports: templates of a package, every text escaped, a name that is missing an error."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from sm_planner.engine.texts import Number, Text, say

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import EvalContext


def environment(package: str, tell: Callable[[Text | Number], str] = str) -> Environment:
    """The templates in the folder ``templates`` of a package. tell: texts, and numbers in words, as their reader reads them,
    wherever one is shown. ``_`` in them tells a text, or a template with what fills it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, pass_eval_context
    from jinja2.filters import do_join

    def written(value: Any) -> Any:
        return tell(value) if isinstance(value, (Text, Number)) else value

    @pass_eval_context
    def join(context: EvalContext, parts: Iterable[Any], between: str = "", attribute: Any = None) -> str:
        return do_join(context, map(written, parts), between, attribute)

    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=written,
    )
    made.filters["join"] = join
    made.globals["_"] = lambda text, *args: tell(text if isinstance(text, Text) else say(text, *args))
    return made
