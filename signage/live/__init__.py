"""Socket.IO: who connects, what is announced."""
