"""Every exception that Dragoman raises on purpose.

DragomanError                 what was found, where, what was expected, what to do next
├── InputError                a document, batch or file that cannot be read
│   ├── FormatError           JSON that is no reading, model, lexicon ... (names the key)
│   └── FetchError            an address that cannot or must not be fetched
├── SpanError                 a span that is not words of its document
├── DossierError              a dossier that cannot be opened, read or written
│   ├── DossierBusy           another program holds it
│   └── DecisionError         a decision that does not fit what is there
├── ReaderError               a reader that is unknown, missing or damaged
├── ModelError                a graph model that contradicts itself (names the line)
├── NetworkError              network settings that do not fit the data
└── MissingExtra              an optional part that is not installed (names the command that installs it)
"""


class DragomanError(Exception):
    """What was found, where, what was expected and what to do next.

    `str(error)` is one to three plain sentences; the command line prints it without a traceback.
    """

    def __init__(self, found: str, *, where: str = "", expected: str = "", todo: str = "") -> None:
        self.found, self.where, self.expected, self.todo = found, where, expected, todo
        super().__init__(self.message)

    @property
    def message(self) -> str:
        head = f"{self.where}: {self.found}" if self.where else self.found
        parts = [head.rstrip(".") + "."]
        if self.expected:
            parts.append(f"Expected {self.expected.rstrip('.')}.")
        if self.todo:
            parts.append(self.todo.rstrip(".") + ".")
        return " ".join(parts)


class InputError(DragomanError):
    """A document, batch or file that cannot be read."""


class FormatError(InputError):
    """JSON or TOML that does not follow its format; `where` names the key or line."""


class FetchError(InputError):
    """An address that cannot or must not be fetched."""


class SpanError(DragomanError):
    """A span that is not words of its document."""


class DossierError(DragomanError):
    """A dossier that cannot be opened, read or written."""


class DossierBusy(DossierError):
    """A dossier that another program holds."""


class DecisionError(DossierError):
    """A decision that does not fit what is there."""


class ReaderError(DragomanError):
    """A reader that is unknown, missing or damaged."""


class ModelError(DragomanError):
    """A graph model that contradicts itself or names what it does not define."""


class NetworkError(DragomanError):
    """Network settings that do not fit the data."""


class MissingExtra(DragomanError):
    """An optional part that is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            f"This needs {package}, which is not installed", todo=f"Install it with: pip install 'dragoman[{extra}]'"
        )
