"""What is known of a story: where it leads and a sketch of it, by which copies are found at little cost."""

from __future__ import annotations

import re
from array import array
from random import Random

import pytest
from making import STORY, VI

from ocopgen.story import COPIED, SAMPLED, SHORTEST_COPY, alike, runs, shared, tell


def words(*parts: str | int) -> str:
    """A story of words of its own (so many), and of those given."""
    return " ".join(
        part if isinstance(part, str) else " ".join(f"w{part}x{at}" for at in range(part)) for part in parts
    )


def candidates(*bodies: str) -> dict[int, list[int]]:
    """The stories that each may be a copy of, by number."""
    return dict(alike({number: tell(body) for number, body in enumerate(bodies)}))


def test_the_addresses_of_a_story_are_known() -> None:
    assert tell("[a](../b/) và <https://c.vn> ![x](d.png) [e](../b/)").links == ("../b/", "https://c.vn")


def test_marks_and_capitals_are_no_words() -> None:
    one, other = tell(STORY), tell("> " + STORY.upper().replace("TÉP", "**TÉP**"))
    assert (one.whole, one.sketch) == (other.whole, other.sketch)


@pytest.mark.parametrize("count", [0, 1, SHORTEST_COPY - 1])
def test_of_a_few_words_nothing_is_known(count: int) -> None:
    told = tell(" ".join(STORY.split()[:count]))
    assert (told.whole, told.sketch, told.runs) == (0, b"", frozenset())


def test_a_sketch_holds_the_same_runs_of_every_story() -> None:
    every = runs(re.findall(r"[^\W_]+", STORY.lower()))
    assert frozenset() < tell(STORY).runs == {one for one in every if one % SAMPLED == 0} < every
    assert tell(STORY).runs < tell(words(40, STORY, 41)).runs
    assert tell(STORY).sketch == array("I", sorted(tell(STORY).runs)).tobytes()


def test_every_copy_is_among_the_candidates() -> None:
    chance, bodies = Random(7), [words(40 + number) for number in range(30)]
    for number in range(30):
        of = bodies[number].split()
        cut = chance.randrange(len(of) // 10 + 1)
        mine = words(*(f"own{number}y{at}" for at in range(chance.randrange(20))))
        copied = f"{' '.join(of[cut:])} {mine}"
        if shared(copied, bodies[number]) >= COPIED:
            assert candidates(*bodies, copied)[30][0] == number


def test_the_likeliest_of_several_comes_first() -> None:
    mixed = words(*STORY.split()[:18], 60)
    assert candidates(STORY, mixed, mixed + " và thêm một câu nữa")[2][0] == 1


def test_short_stories_are_alike_only_if_they_are_the_same() -> None:
    short = " ".join(STORY.split()[:10])
    assert candidates(short, short + " thêm", short.upper()) == {2: [0]}
    assert (shared(short, short), shared(short, short + " thêm"), shared("a b", "a b")) == (1.0, 0.0, 0.0)


def test_stories_of_their_own_are_compared_with_nobody() -> None:
    assert candidates(*(words(30 + number) for number in range(50))) == {}


def test_what_many_say_hides_no_copy_and_is_counted_for_one_of_them_only() -> None:
    many = [words(STORY, 100 + number) for number in range(20)]
    found = candidates(*many, many[13])
    assert all(len(of) <= 2 for of in found.values())
    assert 13 in found[20]


def test_one_story_in_two_languages_is_two_stories() -> None:
    told = {("products/a", VI): tell(STORY)}
    assert dict(alike(told)) == {}
