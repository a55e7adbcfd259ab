import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.live.encoding import dumps, encoded, loads

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(JSON, JSON)
def test_what_was_encoded_before_says_the_same(one: Any, other: Any) -> None:  # noqa: ANN401 - JSON
    said = {"a": one, "b": [other, one], "c": other}
    ready = {"a": encoded(one), "b": [encoded(other), one], "c": encoded({"x": other})}

    assert loads(dumps(ready)) == {**said, "c": {"x": other}}
    assert dumps({"a": encoded(one)}) == json.dumps({"a": one}, separators=(",", ":"))


def test_it_may_be_spliced_into_what_is_encoded_itself() -> None:
    assert dumps(encoded([encoded(1), encoded([encoded("x")])])) == '[1,["x"]]'


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        dumps({"a": object()})


@pytest.mark.parametrize(
    "text", ["[" * 60_000, '{"rev": NaN}', "[Infinity]", f'{{"rev": {"9" * 200}}}', "", "{"]
)
def test_what_nests_too_deep_or_never_ends_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        loads(text)
