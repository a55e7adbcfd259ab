"""What bench/player.py and bench/soak.py are made of."""
