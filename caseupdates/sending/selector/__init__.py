"""The recipient selector: gray blocks that expand, a tick box per person."""
