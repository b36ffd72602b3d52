"""The archive of a workbook: opened only if it is harmless, its parts read as streams.

A workbook is a ZIP archive of XML parts (ECMA-376). What it would unpack to stands in its directory, and Python's
zipfile gives no more than that, so bombs are refused before anything is unpacked. Document type declarations, from
which entity bombs are made, have no place in a workbook and are refused where they begin.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from xml.parsers import expat

from sm_planner.engine.reading.problems import CellPlace, PlanFileError, fatal
from sm_planner.engine.texts import N_, Text, say

MAX_PACKED = 15_000_000
"""Bytes of a workbook; 100,000 records take about 5 MB."""
MAX_UNPACKED = 200_000_000
MAX_RATIO = 100
"""How many times its size a workbook may unpack to, once that is above HARMLESS."""
HARMLESS = 10_000_000
MAX_PARTS = 2_000
_CHUNK = 1 << 16
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
"""What .xls files begin with, and workbooks with a password."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)
"""What zipfile raises for archives that are none."""

Start = Callable[[str, dict[str, str]], None]


class Archive:
    """The parts of a workbook. Raises PlanFileError for what is no workbook, or would cost too much."""

    def __init__(self, data: bytes, source: str):
        self.source = source
        if len(data) > MAX_PACKED:
            raise self.refusal(
                say(N_("The workbook is {0} MB large."), len(data) // 1_000_000),
                say(N_("Keep it below {0} MB."), MAX_PACKED // 1_000_000),
            )
        if data.startswith(_OLD_FORMAT):
            raise self.refusal(
                say(N_("This is a workbook in the old format, or one with a password.")),
                say(N_("Save it as .xlsx without a password.")),
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (*_BROKEN, ValueError):
            raise self._broken() from None
        self._check(len(data))

    def refusal(self, message: Text, fix: Text) -> PlanFileError:
        """The error for the workbook as a whole."""
        return fatal(CellPlace(self.source), message, fix)

    def _broken(self) -> PlanFileError:
        return self.refusal(say(N_("This is not a workbook.")), say(N_("Save it as .xlsx.")))

    def _check(self, packed: int) -> None:
        parts = self._zip.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or unpacked > min(MAX_UNPACKED, max(HARMLESS, MAX_RATIO * packed)):
            raise self.refusal(
                say(N_("The workbook unpacks to {0} parts and {1} MB."), len(parts), unpacked // 1_000_000),
                say(N_("Keep only the sheets of the plan, and save it again.")),
            )
        if any(
            part.flag_bits & 1 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            for part in parts
        ):
            raise self._broken()
        names = [part.filename.casefold() for part in parts]
        if any("vbaproject" in name for name in names):
            raise self.refusal(
                say(N_("The workbook holds macros.")), say(N_("Save it as .xlsx, without macros."))
            )
        if any("externallinks/" in name for name in names):
            raise self.refusal(
                say(N_("The workbook takes values from other workbooks.")),
                say(N_("Break its links to them, and save it again.")),
            )

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: relation id → the last word of its type, and the name of the other part."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, target.lstrip("/"))

        self.read(posixpath.join(folder, "_rels", f"{name}.rels"), start)
        return found

    def read(
        self,
        part: str,
        start: Start,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Give the elements of a part to the handlers."""
        deque(self.parse(part, start, end, text), maxlen=0)

    def parse(
        self,
        part: str,
        start: Start,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> Iterator[None]:
        """Give the elements of a part to the handlers, their names without a prefix; pause after each chunk."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
        if end:
            parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        if text:
            parser.CharacterDataHandler = text
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.Parse(chunk)
                    yield
            parser.Parse(b"", True)
            yield
        except PlanFileError:
            raise
        except (*_BROKEN, expat.ExpatError, ValueError, LookupError):
            raise self._broken() from None

    def _refuse_doctype(self, *_: object) -> None:
        raise self.refusal(
            say(N_("The workbook declares a document type, which a workbook must not do.")),
            say(N_("Save it with a spreadsheet program.")),
        )
