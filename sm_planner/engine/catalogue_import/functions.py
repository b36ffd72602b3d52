"""What expressions of import maps can do beside what JMESPath can."""

from __future__ import annotations

import re
from typing import Any

import jmespath
from jmespath import functions

_REFERENCE = re.compile(r"(?:([^:/]+):)?(?:([^:/]+)/)?([^:/]+)")
_DEFAULT = "default"


class _Functions(functions.Functions):
    @functions.signature(
        {"types": ["string", "array", "null"]}, {"types": ["string"]}, {"types": ["string", "null"]}
    )
    def _func_references(self, subject: Any, kind: str, namespace: str | None) -> list[Any]:
        """References of a Backstage catalog, ``[kind:][namespace/]name``, in one form: kind:name, kind:namespace/name.

        kind: of those that do not name theirs; namespace: the same, that of the entity. Upper and lower case are the
        same in references, and the namespace ``default`` goes without saying.
        """
        given = subject if isinstance(subject, list) else [] if subject is None else [subject]
        return [_reference(item, kind, namespace or _DEFAULT) for item in given]


def _reference(written: Any, kind: str, namespace: str) -> Any:
    found = _REFERENCE.fullmatch(written.strip()) if isinstance(written, str) else None
    if not found:
        return written
    of_kind, within, name = (found[1] or kind).lower(), (found[2] or namespace).lower(), found[3].lower()
    return f"{of_kind}:{name}" if within == _DEFAULT else f"{of_kind}:{within}/{name}"


OPTIONS = jmespath.Options(custom_functions=_Functions())
