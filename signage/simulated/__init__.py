"""Screens that are only simulated: many clients that speak the whole protocol."""
