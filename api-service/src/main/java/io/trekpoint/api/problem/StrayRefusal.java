package io.trekpoint.api.problem;

import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.gateway.Strays;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Refuses what leads nowhere: as what it is, and beyond what an address may send, as too much. */
@ApplicationScoped
public class StrayRefusal {
    private final Strays strays;
    private final Call call;

    StrayRefusal(Strays strays, Call call) {
        this.strays = strays;
        this.call = call;
    }

    /** That problem, or 429 where the address of the call has sent too much that leads nowhere. */
    public ProblemException of(ProblemException usual) {
        return strays.count(call.address()).map(StrayRefusal::tooMuch).orElse(usual);
    }

    private static ProblemException tooMuch(Duration wait) {
        Problem problem =
                Problem.registered(
                        429,
                        "quota-exceeded",
                        "Quota exceeded",
                        "Too many requests from this address have led nowhere: credentials that are not accepted,"
                                + " paths that are not there.",
                        List.of("stray"));
        return new ProblemException(problem)
                .retryAfter((int) wait.plusNanos(999_999_999).toSeconds());
    }
}
