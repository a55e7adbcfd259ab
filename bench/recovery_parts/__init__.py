"""What bench/recovery.py is made of: players, a simulated wire, real processes, faults, checks."""
