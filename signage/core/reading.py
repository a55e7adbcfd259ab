"""How long a text must stand for everybody passing by to read it."""


def count_words(text: str) -> int:
    """The words of a text: runs between white space that hold a letter or a digit.

    The player counts the same way. Scripts without spaces between words are outside this: a
    whole run of them counts as one.
    """
    return sum(any(character.isalnum() for character in run) for run in text.split())


def dwell_seconds(words: int) -> float:
    """Seconds on the wall: max(8, 2.5 + words / 2.9) * 1.5.

    2.9 words a second is 175 a minute, the slow end of adult silent reading (Brysbaert, 2019).
    """
    return max(8.0, 2.5 + words / 2.9) * 1.5
