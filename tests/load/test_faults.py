"""Whatever befalls the server, no reader sees a mixture or loses a filter, and it passes."""

import pytest

from benchmarks.load.crowd import Crowd, Heard
from benchmarks.load.faults import FAULTS, befall
from benchmarks.load.seen import Must, Seen
from tests.load.conftest import LANGUAGES, THERE
from tests.loops import awaited

READERS, EVERY, RATE = 6, 1.0, 10.0


@pytest.mark.long  # it hangs on seconds, which a machine that runs other tests has not
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_readers_come_through(fault, scenes, truths, options):
    if not THERE[fault.needs]:
        pytest.skip(f"there is no {fault.needs or 'nginx'} (tests/install-tools.sh)")
    with scenes(fault.needs) as scene:
        crowd = Crowd(
            scene.site.address, truths, options, READERS, EVERY, RATE, languages=LANGUAGES
        )
        seen = awaited(befall(fault, scene, crowd, lead=2, lasts=3))
    assert seen.told()["missed"] == []


def met(at, what="fine", release="1", reader=0, door="step", **more):
    return Heard(at, door, 0.1, what, release=release, reader=reader, **more)


ONE, MOVES = Must(("1",)), Must(("1", "2"))


@pytest.mark.parametrize(
    ("heard", "must", "missed"),
    [
        ([met(1), met(9)], ONE, []),
        ([met(1), met(6, release="2")], MOVES, []),
        ([met(1), met(6)], MOVES, ["1 readers were not right at the end"]),
        ([met(1), met(4)], ONE, ["1 readers did nothing afterwards"]),
        ([met(1, release="2"), met(6)], ONE, ["saw release 2"]),
        (
            [met(1), met(3, release="2"), met(4), met(6, release="2")],
            MOVES,
            ["saw an earlier release again"],
        ),
        ([met(1), met(3, "lost", ""), met(6)], ONE, ["lost a line or an answer"]),
        ([met(1), met(3, "lost", ""), met(6)], Must(("1",), lost=True), []),
        ([met(1), met(3, "busy", ""), met(6)], ONE, []),
        ([met(1), met(3), met(6)], Must(("1",), notice=True), ["saw no notice"]),
        ([met(1), met(3, notice=True), met(6)], Must(("1",), notice=True), []),
        ([met(1), met(3, notice=True), met(6)], ONE, ["saw a notice"]),
        (
            [met(1), met(3, "wrong", why="a lost filter"), met(6)],
            ONE,
            ["was sent something wrong: step: a lost filter"],
        ),
        ([met(1), met(3, door="api", reader=-1, release="2"), met(6)], ONE, ["saw release 2"]),
    ],
)
def test_what_does_not_hold_is_said(heard, must, missed):
    assert Seen("made up", must, heard, begun=2.0, mended=5.0).missed() == missed
