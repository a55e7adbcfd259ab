"""Running what would hold the event loop, beside it."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import gevent

P = ParamSpec("P")
T = TypeVar("T")


def off_loop(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run something that would hold the loop in gevent's thread pool."""
    # The pool prints whatever is raised in it, also a refusal that a page will tell: so errors
    # are handed over and raised here.
    done, error = gevent.get_hub().threadpool.apply(_caught, (call, args, kwargs))
    if error is not None:
        raise error
    return cast("T", done)


def _caught(
    call: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]
) -> tuple[T | None, Exception | None]:
    try:
        return call(*args, **kwargs), None
    except Exception as error:
        return None, error
