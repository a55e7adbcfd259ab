"""A company's colour made readable on a ground: its hue and strength stay, its lightness moves.

Contrast is that of WCAG 2.2 (1.4.3). Lightness is that of Oklab (B. Ottosson, 2020), in which equal
steps look equal, so that the colour stays what it is for as long as it can.
"""

import re
from collections.abc import Sequence

HEX = re.compile(r"#[0-9a-fA-F]{6}")
STEPS = 200

Channels = tuple[float, float, float]


def readable(colour: str, ground: str, ratio: float) -> str:
    """The colour nearest to `colour` whose contrast with `ground` is at least `ratio` (1 to 21).

    Both are like #0a7d5c; ValueError otherwise. Where not even white or black has that contrast,
    the better of the two is given.
    """
    if contrast(colour, ground) >= ratio:
        return colour.lower()
    lightness, a, b = _oklab(_channels(colour))
    up = luminance(ground) < 0.18  # about where white and black are equally far
    for step in range(1, STEPS + 1):
        share = step / STEPS
        moved = lightness + (1 - lightness) * share if up else lightness * (1 - share)
        # Towards white and black there is less colour to be had.
        strength = 1 - share * share
        found = _hex(_rgb((moved, a * strength, b * strength)))
        if contrast(found, ground) >= ratio:
            return found
    return "#ffffff" if up else "#000000"


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> Channels:
    if not HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is no colour such as #0a7d5c")
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _gamma(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    return channel * 12.92 if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)


def _hex(channels: Sequence[float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _oklab(channels: Channels) -> Channels:
    red, green, blue = (_linear(channel) for channel in channels)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _rgb(lab: Channels) -> Channels:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _gamma(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )
