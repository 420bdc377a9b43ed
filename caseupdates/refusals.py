"""Refusals: what the domain says no to, each with the sentence a person reads."""


class Refusal(Exception):
    """Something that may not be done; `str()` is a sentence for the person, `status` the HTTP twin."""

    status = 400


class NotSignedIn(Refusal):
    status = 401

    def __str__(self) -> str:
        return "Please sign in."


class NotPermitted(Refusal):
    status = 403

    def __str__(self) -> str:
        return "You may not do this. Ask an administrator if you should."


class NotFound(Refusal):
    """Also what someone gets who may not know that the thing exists."""

    status = 404

    def __str__(self) -> str:
        return "This does not exist, or you may not see it."


class Invalid(Refusal):
    """Input that cannot be taken; carries its own sentence."""


class TooMany(Refusal):
    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        seconds, minutes = max(2, self.seconds), -(-self.seconds // 60)
        wait = f"{seconds} seconds" if seconds < 90 else f"{minutes} minutes"
        return f"Too many tries. Wait {wait}, then try again."
