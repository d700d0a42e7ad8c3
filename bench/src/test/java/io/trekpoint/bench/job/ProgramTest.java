package io.trekpoint.bench.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void isAskedAndAnswers() {
        try (Program program = shell("echo ready; while read word; do echo $word; done")) {
            assertThat(program.number("7")).isEqualTo(7);
            assertThat(program.ask("done")).isEqualTo("done");
        }
    }

    @Test
    void passesOverWhatItIsNotAskedFor() {
        try (Program program = shell("echo ready; echo noise; echo done 1; sleep 600")) {
            assertThat(program.poll("done", Duration.ofMinutes(1))).contains("done 1");
            assertThat(program.poll("done", SHORT)).isEmpty();
        }
    }

    @Test
    void isNotWaitedForWhenItStandsStill() {
        try (Program program = shell("echo ready; sleep 600")) {
            assertThatThrownBy(() -> program.number("7", SHORT))
                    .isInstanceOf(Program.StandsStillException.class)
                    .hasMessageContaining("no answer");
        }
    }

    @Test
    void isNotWaitedForWhenItHasEnded() {
        assertThatThrownBy(() -> shell("echo sorry"))
                .isInstanceOf(Program.StandsStillException.class);
    }

    @Test
    void takesItsChildrenAlong() {
        ProcessHandle child;
        try (Program program = shell("echo ready; sleep 600 & echo child $!; wait")) {
            String line = program.next("child");
            child = ProcessHandle.of(Long.parseLong(line.substring(6))).orElseThrow();
        }
        assertThat(child.onExit()).succeedsWithin(Duration.ofMinutes(1));
    }

    private static Program shell(String script) {
        return new Program(List.of("sh", "-c", script), Map.of());
    }
}
