package io.trekpoint.worker.gpx.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trekpoint.lanes.gpx.EditOp;
import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Lines;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Route;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EditorTest {

    private static final GpxDocument WALK =
            Lines.track(
                    Lines.timed(0, 0, 0, 1e-3, 0, 60, 2e-3, 0, 120, 3e-3, 0, 600),
                    Lines.timed(4e-3, 0, 660, 5e-3, 0, 720));

    @Test
    void splitsBeforeAPointCountedThroughTheFile() {
        assertThat(sizes(new EditOp.SplitAtIndex(2))).hasToString("[[2, 2, 2]]");
        assertThat(sizes(new EditOp.SplitAtIndex(5))).hasToString("[[4, 1, 1]]");
        assertThat(sizes(new EditOp.SplitAtIndex(4))).hasToString("[[4, 2]]");
        assertThat(sizes(new EditOp.SplitAtIndex(99))).hasToString("[[4, 2]]");
    }

    @Test
    void splitsBeforeTheFirstPointAtOrAfterAMoment() {
        assertThat(sizes(new EditOp.SplitAtTime(Instant.ofEpochSecond(61))))
                .hasToString("[[2, 2, 2]]");
        assertThat(sizes(new EditOp.SplitAtTime(Instant.ofEpochSecond(120))))
                .hasToString("[[2, 2, 2]]");
    }

    @Test
    void splitsWhereTheRecordingPaused() {
        assertThat(sizes(new EditOp.SplitAtGap(300))).hasToString("[[3, 1, 2]]");
        assertThat(sizes(new EditOp.SplitAtGap(480))).hasToString("[[4, 2]]");
    }

    @Test
    void splitsEachTimeSoMuchGroundIsCovered() {
        // A thousandth of a degree is 111.19 metres.
        assertThat(sizes(new EditOp.SplitAtDistance(222))).hasToString("[[2, 2, 2]]");
        assertThat(sizes(new EditOp.SplitAtDistance(111))).hasToString("[[1, 1, 1, 1, 1, 1]]");
    }

    @Test
    void measuresTheGroundAfterACutAsBeforeIt() {
        // On the equator and along it, so that every step is of longitude alone.
        var line = Lines.of(0, 0, 0, 1e-3, 0, 2e-3, 0, 3e-3, 0, 4e-3, 0, 5e-3, 0, 6e-3);

        var split = edit(Lines.track(line), new EditOp.SplitAtDistance(222));

        assertThat(Lines.sizes(split)).hasToString("[[2, 2, 2, 1]]");
    }

    @Test
    void mergesByTheFirstTimeThatASegmentKnows() {
        var late = Lines.timed(9, 9, 1_000, 9, 9, 1_100);
        var early = Lines.of(8, 8);
        early.add(8, 8);
        early.setTime(5_000);

        var merged =
                Editor.run(
                                List.of(Lines.track(late), Lines.track(early)),
                                List.of(new EditOp.Merge()),
                                GpxLimits.DEFAULT)
                        .document();

        assertThat(Lines.first(merged).lat(0)).isEqualTo(8);
    }

    @Test
    void leavesOutTimesShiftedBeyondTheYearsThatAreWritten() {
        var line = Lines.of(1, 2, 1, 3);
        line.setTime(Points.LAST_TIME);
        line.add(1, 4);
        line.setTime(Points.LAST_TIME - 2_000);

        var edited =
                Editor.run(
                        List.of(Lines.track(line)),
                        List.of(new EditOp.ShiftTime(1)),
                        GpxLimits.DEFAULT);

        var shifted = Lines.first(edited.document());
        assertThat(shifted.time(1)).isEqualTo(Points.NO_TIME);
        assertThat(shifted.time(2)).isEqualTo(Points.LAST_TIME - 1_000);
        assertThat(edited.warnings())
                .containsExactly(new Warning(Warning.Code.TIME_OUT_OF_RANGE, 1, 0));
        var farther =
                Editor.run(
                        List.of(edited.document()),
                        List.of(new EditOp.ShiftTime(3_200_000_000.0)),
                        GpxLimits.DEFAULT);
        assertThat(Lines.first(farther.document()).hasTimes()).isFalse();
    }

    @Test
    void copiesIntoAStretchOnlyWhatItHas() {
        var line = Lines.of(1, 1);
        line.set(Channel.HR, 99);
        line.setTime(1_000);
        line.add(2, 2);

        var split = edit(Lines.track(line), new EditOp.SplitAtIndex(1)).tracks().getFirst();

        assertThat(split.segments().get(0).has(Channel.HR)).isTrue();
        assertThat(split.segments().get(1).has(Channel.HR)).isFalse();
        assertThat(split.segments().get(1).hasTimes()).isFalse();
    }

    @Test
    void cropsPlansByTimeOnlyWhereTheyHaveTimes() {
        var span = new EditOp.CropToTime(Optional.of(Instant.ofEpochSecond(60)), Optional.empty());
        var plan = new Route(About.NOTHING, Lines.of(1, 1, 2, 2));
        var timed = new Route(About.NOTHING, Lines.timed(1, 1, 0, 2, 2, 60));
        var file = WALK.with(Lines.timed(5, 5, 0), List.of(plan, timed), WALK.tracks());

        var cropped = edit(file, span);

        assertThat(cropped.routes())
                .extracting(route -> route.points().size())
                .containsExactly(2, 1);
        assertThat(cropped.waypoints().size()).isZero();
    }

    @Test
    void mergesByTimeAndTellsOfOverlaps() {
        var later = Lines.track(Lines.timed(9, 9, 1_000, 9, 9, 1_100));
        var amid = Lines.track(Lines.timed(8, 8, 700, 8, 8, 705));

        var edited =
                Editor.run(
                        List.of(later, amid, WALK), List.of(new EditOp.Merge()), GpxLimits.DEFAULT);

        assertThat(Lines.sizes(edited.document())).hasToString("[[4, 2, 2, 2]]");
        assertThat(edited.warnings())
                .containsExactly(new Warning(Warning.Code.TIMES_OVERLAP, 1, 0));
    }

    @Test
    void mergesInTheOrderGivenWhereTimesAreMissing() {
        var plan = Lines.track(Lines.of(7, 7, 7, 8));

        var merged =
                Editor.run(List.of(plan, WALK), List.of(new EditOp.Merge()), GpxLimits.DEFAULT);

        assertThat(Lines.sizes(merged.document())).hasToString("[[2, 4, 2]]");
    }

    @Test
    void needsAMergeForSeveralFiles() {
        assertThatThrownBy(() ->
                        Editor.run(
                                List.of(WALK, WALK),
                                List.of(new EditOp.ShiftTime(1)),
                                GpxLimits.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reversesAndCountsTimesAnew() {
        var back = edit(new EditOp.Reverse(EditOp.Reverse.Times.RECOMPUTE));

        assertThat(Lines.sizes(back)).hasToString("[[2, 4]]");
        assertThat(Lines.latitudes(Lines.first(back))).containsExactly(5e-3, 4e-3);
        assertThat(Lines.seconds(Lines.first(back))).containsExactly(0, 60);
        assertThat(Lines.seconds(back.tracks().getFirst().segments().get(1)))
                .containsExactly(120, 600, 660, 720);
    }

    @Test
    void reversesWithoutTimesAndTurnsTheCourse() {
        var line = Lines.timed(1, 2, 3, 4, 5, 6);
        line.set(Channel.COURSE, 270);

        var back =
                Lines.first(
                        Editor.run(
                                        List.of(Lines.track(line)),
                                        List.of(new EditOp.Reverse(EditOp.Reverse.Times.DROP)),
                                        GpxLimits.DEFAULT)
                                .document());

        assertThat(back.hasTimes()).isFalse();
        assertThat(back.get(Channel.COURSE, 0)).isEqualTo(90);
    }

    @Test
    void cropsToABoxAndCutsLinesWhereTheyLeaveIt() {
        var line = Lines.of(0, 0, 0, 5, 0, 11, 0, 6, 0, 7, 0, 12);

        var cropped = edit(Lines.track(line), new EditOp.CropToBox(-1, -1, 10, 1));

        assertThat(Lines.sizes(cropped)).hasToString("[[2, 2]]");
    }

    @Test
    void cropsToABoxAcrossTheDateline() {
        var line = Lines.of(0, 178, 0, 179.5, 0, -179.5, 0, -178);

        assertThat(Lines.sizes(edit(Lines.track(line), new EditOp.CropToBox(179, -1, -179, 1))))
                .hasToString("[[2]]");
    }

    @Test
    void cropsToATimeAndDropsTracksOfWhichNothingIsLeft() {
        var span =
                new EditOp.CropToTime(
                        Optional.of(Instant.ofEpochSecond(60)),
                        Optional.of(Instant.ofEpochSecond(660)));
        var untimed = Lines.track(Lines.of(1, 1, 2, 2));

        assertThat(sizes(span)).hasToString("[[3, 1]]");
        assertThat(Lines.sizes(edit(untimed, span))).isEmpty();
    }

    @Test
    void shiftsTimesAndLeavesTheOriginalAlone() {
        assertThat(Lines.seconds(Lines.first(edit(new EditOp.ShiftTime(-3_600)))))
                .containsExactly(-3_600, -3_540, -3_480, -3_000);
        assertThat(Lines.seconds(Lines.first(WALK))).startsWith(0);
    }

    @Test
    void stripsWhatIsNamed() {
        var line = Lines.timed(1, 2, 3);
        line.set(Channel.HR, 99);
        line.set(Channel.ELE, 500);

        var stripped =
                Lines.first(
                        edit(
                                Lines.track(line),
                                new EditOp.Strip(
                                        Set.of(EditOp.Strip.Field.TIME, EditOp.Strip.Field.HR))));

        assertThat(stripped.hasTimes()).isFalse();
        assertThat(stripped.has(Channel.HR)).isFalse();
        assertThat(stripped.get(Channel.ELE, 0)).isEqualTo(500);
    }

    @Test
    void doesItsStepsInOrder() {
        var cutThenTurned =
                Editor.run(
                                List.of(WALK),
                                List.of(
                                        new EditOp.SplitAtIndex(1),
                                        new EditOp.Reverse(EditOp.Reverse.Times.DROP)),
                                GpxLimits.DEFAULT)
                        .document();

        assertThat(Lines.sizes(cutThenTurned)).hasToString("[[2, 3, 1]]");
    }

    private static List<List<Integer>> sizes(EditOp op) {
        return Lines.sizes(edit(op));
    }

    private static GpxDocument edit(EditOp op) {
        return edit(WALK, op);
    }

    private static GpxDocument edit(GpxDocument document, EditOp op) {
        return Editor.run(List.of(document), List.of(op), GpxLimits.DEFAULT).document();
    }
}
