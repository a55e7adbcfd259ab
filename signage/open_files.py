"""How many files and sockets this process may have open: each wall is one."""

from resource import RLIMIT_NOFILE, getrlimit, setrlimit


def many_files() -> int:
    """Allow as many as this user may have, also for processes started from here; gives how many.
    Shells and service managers begin with 1,024, a number from the days of select()."""
    _, most = getrlimit(RLIMIT_NOFILE)
    setrlimit(RLIMIT_NOFILE, (most, most))
    return most
