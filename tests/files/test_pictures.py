"""A picture that everybody is shown is a whole picture and nothing else."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from caseupdates.files.pictures import NotAPicture, TooManyPixels, picture_type
from tests.files.pictures import NONE, WHOLE, jpeg, png, webp


@pytest.mark.parametrize(("media_type", "content"), [(kind, each) for kind, found in WHOLE.items() for each in found])
def test_a_whole_picture_is_known_by_its_content(media_type, content):
    assert picture_type(content) == media_type


@pytest.mark.parametrize("what", NONE)
def test_what_is_no_picture_or_more_than_one_is_refused(what):
    with pytest.raises(NotAPicture, match="not a whole PNG, JPEG or WebP picture"):
        picture_type(NONE[what])


@pytest.mark.parametrize("draw", [png, jpeg, webp])
@pytest.mark.parametrize(("width", "height"), [(4_097, 1), (1, 4_097)])
def test_a_picture_of_too_many_pixels_is_refused(draw, width, height):
    with pytest.raises(TooManyPixels, match="4,096 pixels"):
        picture_type(draw(width, height))


@given(content=some.binary(max_size=200), of=some.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b""]))
def test_nonsense_is_refused_and_nothing_worse(content, of):
    with suppress(NotAPicture, TooManyPixels):
        assert picture_type(of + content) in WHOLE


@given(picture=some.sampled_from([png(), jpeg(), webp()]), behind=some.binary(min_size=1, max_size=50))
def test_whatever_hangs_behind_a_picture_is_found(picture, behind):
    with pytest.raises(NotAPicture):
        picture_type(picture + behind)
