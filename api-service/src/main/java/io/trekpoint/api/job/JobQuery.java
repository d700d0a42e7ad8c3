package io.trekpoint.api.job;

import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.job.JobCursor;
import io.trekpoint.lanes.job.JobLister;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a list of jobs is asked for. */
final class JobQuery {
    private static final int USUAL_LIMIT = 20;
    private static final Set<String> NAMES = Set.of("state", "type", "cursor", "limit");
    private static final List<String> STATES =
            List.of("queued", "delayed", "active", "succeeded", "failed", "cancelled");

    private JobQuery() {}

    /**
     * Reads a query.
     *
     * @throws ProblemException 400, naming the parameter and the rule
     */
    static JobLister.Query of(Map<String, List<String>> query) {
        query.forEach((name, values) -> {
            if (!NAMES.contains(name)) {
                throw TaskParameters.invalid(name, "is not a parameter of this list");
            }
            if (values.size() != 1) {
                throw TaskParameters.invalid(name, "must be given once");
            }
        });
        return new JobLister.Query(
                state(given(query, "state")),
                type(given(query, "type")),
                cursor(given(query, "cursor")),
                limit(given(query, "limit")));
    }

    private static Optional<String> given(Map<String, List<String>> query, String name) {
        return Optional.ofNullable(query.get(name)).map(List::getFirst);
    }

    private static Optional<String> state(Optional<String> state) {
        if (state.isPresent() && !STATES.contains(state.get())) {
            throw TaskParameters.invalid("state", "must be " + String.join(", ", STATES));
        }
        return state;
    }

    private static Optional<String> type(Optional<String> type) {
        if (type.isPresent() && GpxType.ofLabel(type.get()).isEmpty()) {
            throw TaskParameters.invalid("type", "must be " + GpxType.labels());
        }
        return type;
    }

    private static Optional<JobCursor> cursor(Optional<String> cursor) {
        return cursor.map(text ->
                JobCursor.parse(text)
                        .orElseThrow(() ->
                                TaskParameters.invalid(
                                        "cursor", "must be the next of an earlier page")));
    }

    private static int limit(Optional<String> limit) {
        if (limit.isEmpty()) {
            return USUAL_LIMIT;
        }
        int jobs = limit.get().matches("\\d{1,9}") ? Integer.parseInt(limit.get()) : 0;
        if (jobs < 1 || jobs > JobLister.LONGEST_PAGE) {
            throw TaskParameters.invalid("limit", "must be a whole number from 1 to 100");
        }
        return jobs;
    }
}
