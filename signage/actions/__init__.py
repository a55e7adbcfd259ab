"""What may happen: the only writers, one transaction each."""
