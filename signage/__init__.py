"""A feedback wall: what customers said this morning, hung where staff walk past."""

__version__ = "0.3.0"
