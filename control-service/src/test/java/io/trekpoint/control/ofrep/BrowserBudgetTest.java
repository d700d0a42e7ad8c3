package io.trekpoint.control.ofrep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrowserBudgetTest {
    private Instant now = Instant.EPOCH;
    private final BrowserBudget budget = new BrowserBudget(new TenASecond(), () -> now);

    @Test
    void holdsOneSecondsWorthForEachKey() {
        assertThat(takeAll("a")).isEqualTo(10);
        assertThat(takeAll("b")).isEqualTo(10);
    }

    @Test
    void fillsEvenly() {
        takeAll("a");
        now = now.plus(Duration.ofMillis(300));
        assertThat(takeAll("a")).isEqualTo(3);
        now = now.plus(Duration.ofHours(1));
        assertThat(takeAll("a")).isEqualTo(10);
    }

    private int takeAll(String client) {
        int taken = 0;
        while (budget.take(client)) {
            taken++;
        }
        return taken;
    }

    private record TenASecond() implements OfrepConfig {
        @Override
        public Optional<Set<String>> browserOrigins() {
            return Optional.empty();
        }

        @Override
        public int browserRequestsPerSecond() {
            return 10;
        }

        @Override
        public Duration keepAlive() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int mostStreams() {
            return 1;
        }
    }
}
