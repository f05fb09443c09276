"""What ``validate`` of every identifier raises: a reason, never the value (it would be personal data in a log)."""


class Invalid(ValueError):
    """A text that is not what it should be. ``reason`` is a stable word such as ``length`` or ``checksum``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
