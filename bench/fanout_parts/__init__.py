"""What bench/fanout.py is made of."""
