package io.trekpoint.lanes.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.trekpoint.lanes.flag.FlagAnswer;
import org.junit.jupiter.api.Test;

class EvaluationCountersTest {
    private static final FlagAnswer ON =
            new FlagAnswer(BooleanNode.TRUE, "on", FlagAnswer.Reason.STATIC);

    private final EvaluationCounters counters = new EvaluationCounters();

    @Test
    void leavesOutWhatHasNoRoomAndTellsHowMuchOfIt() {
        fill("everyone");
        counters.count("late", "a", ON);
        counters.count("late", "a", ON);
        assertThat(counters.drainLeftOut()).isEqualTo(2);
        assertThat(counters.drainLeftOut()).isZero();
        assertThat(counters.drain()).hasSize(EvaluationCounters.MOST_FLAGS);
    }

    @Test
    void givesTheRoomOfThoseThatAreIdleToOthers() {
        fill("everyone");
        assertThat(counters.drain()).hasSize(EvaluationCounters.MOST_FLAGS);
        counters.count("everyone", "flag-7", ON);
        assertThat(counters.drain()).hasSize(1);

        fill("others");
        assertThat(counters.drainLeftOut()).isEqualTo(1);
        counters.count("everyone", "flag-7", ON);
        assertThat(counters.drain())
                .hasSize(EvaluationCounters.MOST_FLAGS)
                .anyMatch(count -> count.consumer().equals("everyone"));
    }

    private void fill(String consumer) {
        for (int flag = 0; flag < EvaluationCounters.MOST_FLAGS; flag++) {
            counters.count(consumer, "flag-" + flag, ON);
        }
    }
}
