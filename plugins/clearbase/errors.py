"""The errors that a person may see. Their texts never hold personal data.

A ``SetupError`` is the house's own fault or the operator's (setting, key, database): the command line prints it as one
line and exits 2. A fault of an employer's file is never an exception: it is an outcome with a reason.
"""


class ClearbaseError(Exception):
    """Something that Clearbase can name. ``str(error)`` is one line for a person."""


class SetupError(ClearbaseError):
    """A wrong setting, a missing or wrong key, an unreachable database: nothing was written."""


class RequestError(ClearbaseError):
    """Something was asked for that is not there or not possible; to ask again changes nothing."""


class StageFault(ClearbaseError):
    """A fault that no file can help, by its type and place; to try again may mend it."""


class AccountingError(ClearbaseError):
    """A submission whose rows do not balance; its publication was rolled back."""


class GateError(ClearbaseError):
    """The gate stops a batch before it is published: which of our figures disagree, and what to do."""


class SealError(ClearbaseError):
    """A sealed value that its key does not open: a wrong key, or a value that was moved or altered."""


class BrokenError(ClearbaseError):
    """Invariants that do not hold after ``batches``: a line for each, with ids only. What was published stays."""

    def __init__(self, lines: list[str], batches: list[int]) -> None:
        super().__init__("\n".join(lines))
        self.batches = batches
