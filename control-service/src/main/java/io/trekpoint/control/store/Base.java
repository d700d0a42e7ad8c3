package io.trekpoint.control.store;

import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The whole state that a change of one entry is computed from, for rules that span entries. */
@Singleton
public final class Base {
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Mirror mirror;

    Base(Mirror mirror) {
        this.mirror = mirror;
    }

    /**
     * The state before that change. Should the mirror be ahead of it, the change finds another head
     * and is computed again.
     *
     * @throws ProblemException where the mirror stays behind
     */
    public ControlState before(LastChange change) {
        try {
            if (mirror.awaitRevision(change.revision() - 1, LONGEST)) {
                return mirror.current().state();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(
                ProblemType.CONTROL_UNAVAILABLE,
                "This service does not know the latest state yet, and the change depends on it.");
    }
}
