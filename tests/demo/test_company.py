import re
from collections import Counter

import pytest

from signage.core.scores import SCALES, band
from signage.demo.company import GRANVIDDE, Comment, comments, improvements
from signage.words import LANGUAGES

WRITTEN = [comment for comment in comments() if comment.state != "later"]
BY_ID = {comment.id: comment for comment in comments()}
# Numbers that nobody can have: Sweden's and Britain's ranges for drama, Berlin's for fiction, and
# eight digits that start as no Danish or Norwegian number does.
NOBODYS_NUMBER = re.compile(
    r"070174(06[0-9]{2})|07700900[0-9]{3}|03023125[0-9]{3}|12345678|01234567"
)
NOBODYS_ADDRESS = re.compile(r"[\w.]+@example\.(com|se)")


def test_seventy_comments_are_written_fourteen_in_each_language() -> None:
    languages = Counter(comment.language for comment in WRITTEN)

    assert languages == dict.fromkeys(("sv", "da", "nb", "en", "de"), 14)
    assert set(languages) <= set(LANGUAGES)


def test_more_comments_arrive_later_in_every_language() -> None:
    later = Counter(comment.language for comment in comments() if comment.state == "later")

    assert later == dict.fromkeys(("sv", "da", "nb", "en", "de"), 5)


def test_ids_and_texts_are_each_used_once() -> None:
    assert len(BY_ID) == len(comments())
    assert len({comment.text for comment in comments()}) == len(comments())


def test_some_are_on_the_wall_and_most_wait_at_the_desk() -> None:
    states = Counter(comment.state for comment in WRITTEN)

    assert 24 <= states["published"] <= 30
    assert states["waiting"] >= 40


def test_the_wall_shows_critics_too() -> None:
    bands = Counter(
        band(comment.metric, comment.score) for comment in WRITTEN if comment.state == "published"
    )

    assert min(bands["promoter"], bands["passive"], bands["detractor"]) >= 4


def test_lengths_run_from_three_words_to_over_a_hundred() -> None:
    lengths = [len(comment.text.split()) for comment in comments()]

    assert min(lengths) <= 3
    assert 100 <= max(lengths) <= 130


@pytest.mark.parametrize("comment", comments(), ids=lambda comment: comment.id)
def test_a_comment_fits_the_company_and_its_metric(comment: Comment) -> None:
    first, last = SCALES[comment.metric]

    assert comment.touchpoint in {touchpoint.name for touchpoint in GRANVIDDE.touchpoints}
    assert first <= comment.score <= last
    assert comment.text == comment.text.strip()


@pytest.mark.parametrize("comment", comments(), ids=lambda comment: comment.id)
def test_consent_has_what_it_consents_to(comment: Comment) -> None:
    if comment.consent == "role":
        assert comment.role
    if comment.consent in {"first_name", "full_name"}:
        assert comment.name
        assert len(comment.name.split()) == (1 if comment.consent == "first_name" else 2)
    if comment.state == "published":
        assert comment.consent != "unknown"


@pytest.mark.parametrize("comment", comments(), ids=lambda comment: comment.id)
def test_what_is_struck_stands_once_in_the_comment(comment: Comment) -> None:
    parts = [*comment.cuts, *(mask.text for mask in comment.masks)]

    assert all(comment.text.count(part) == 1 for part in parts)
    for mask in comment.masks:
        assert not any(mask.text in cut for cut in comment.cuts)


@pytest.mark.parametrize("comment", comments(), ids=lambda comment: comment.id)
def test_private_data_belong_to_nobody(comment: Comment) -> None:
    for number in re.findall(r"\+?\d[\d \-]{5,}\d", comment.text):
        digits = re.sub(r"\D", "", number)
        assert len(digits) < 7 or NOBODYS_NUMBER.fullmatch(digits), number
    for address in re.findall(r"\S*@\S*\w", comment.text):
        assert NOBODYS_ADDRESS.fullmatch(address), address


def test_swedish_numbers_lie_in_the_range_for_drama() -> None:
    swedish = " ".join(comment.text for comment in comments() if comment.language == "sv")
    numbers = re.findall(r"070[\d -]{7,}", swedish)

    assert numbers
    assert all(1740605 <= int(re.sub(r"\D", "", number)[3:]) <= 1740699 for number in numbers)


def test_a_moderator_has_private_data_to_strike() -> None:
    private = re.compile(r"@example|\bGV-\d|\d{5}|\d\d \d\d \d\d|\d{3} \d{5,}")

    assert sum(bool(private.search(comment.text)) for comment in WRITTEN) >= 12


def test_nothing_private_is_left_on_the_wall() -> None:
    for comment in comments():
        if comment.state == "published":
            shown = comment.text
            for part in [*comment.cuts, *(mask.text for mask in comment.masks)]:
                shown = shown.replace(part, "")
            assert not re.search(r"@|\d{5}|\d\d \d\d \d\d", shown), comment.id


def test_eight_improvements_are_done_and_two_under_way() -> None:
    done = [improvement for improvement in improvements() if improvement.done_days_ago]

    assert len(done) == 8
    assert len(improvements()) == 10


def test_improvements_answer_comments_on_the_wall_from_the_same_touchpoint() -> None:
    for improvement in improvements():
        assert 1 <= len(improvement.said) <= 4
        for said in improvement.said:
            assert BY_ID[said].state == "published"
            assert BY_ID[said].touchpoint == improvement.touchpoint


def test_labels_fit_the_chart() -> None:
    assert all(len(improvement.label) <= 22 for improvement in improvements())


def test_shares_add_up() -> None:
    assert sum(each.share for each in GRANVIDDE.touchpoints) == pytest.approx(1)
    assert sum(GRANVIDDE.languages.values()) == pytest.approx(1)
    assert sum(GRANVIDDE.segments.values()) == pytest.approx(1)


def test_a_course_runs_straight_between_its_knots_and_flat_beyond() -> None:
    order = next(each for each in GRANVIDDE.touchpoints if each.name == "Order")

    assert order.level(240) == 10
    assert order.level(235) == pytest.approx(28)
    assert order.level(230) == 46
    assert order.level(900) == order.level(425) == 24
    assert order.level(0) == 44
