"""The parts of bench/suggestions.py."""
