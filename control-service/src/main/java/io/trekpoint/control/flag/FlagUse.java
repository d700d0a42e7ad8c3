package io.trekpoint.control.flag;

import io.trekpoint.control.evaluation.FlagUses;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.flag.FlagKey;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which services go by a flag, so that nobody takes one away from under them unawares. */
@Singleton
public final class FlagUse {
    private static final Duration LATELY = Duration.ofDays(7);

    private final FlagUses uses;

    FlagUse(FlagUses uses) {
        this.uses = uses;
    }

    /** Those that go by it: the ones whose code asks for it, and whoever evaluated it lately. */
    SortedSet<String> services(String key) {
        SortedSet<String> services = new TreeSet<>();
        if (FlagKey.find(key).isPresent()) {
            services.add("api-service");
            services.add("worker-service");
        }
        uses.lately(key, LATELY).forEach(evaluator -> services.add(evaluator.name()));
        return services;
    }

    /**
     * Refuses to take a flag away that is in use.
     *
     * @throws ProblemException 409, which names who uses it
     */
    public void refuseIfUsed(String key) {
        SortedSet<String> services = services(key);
        if (!services.isEmpty()) {
            throw new ProblemException(
                    ProblemType.IN_USE,
                    "The flag "
                            + key
                            + " is asked for by "
                            + String.join(", ", services)
                            + ". force=true takes it away all the same.");
        }
    }
}
