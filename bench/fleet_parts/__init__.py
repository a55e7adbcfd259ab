"""What bench/fleet.py is made of."""
