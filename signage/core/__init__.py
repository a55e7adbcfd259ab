"""What is true without a database or a network."""
