"""`signage screen …` and `signage group …`: what the desk does with screens, typed."""

from signage.screen_commands import asking, changing, grouping, letting_in, listing

__all__ = ["asking", "changing", "grouping", "letting_in", "listing"]
