package io.trekpoint.system.fault;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the checker has found.
 *
 * @param acknowledged jobs that were answered 202
 * @param ends how many of them came to each end
 * @param lost those that nobody knows any more
 * @param twice those whose result was published more than once
 * @param slowestMs the slowest answer
 * @param refused answers that acknowledged nothing, and connections that were lost
 */
record Verdict(
        int acknowledged,
        Map<String, Integer> ends,
        int lost,
        long twice,
        long slowestMs,
        long refused) {

    @Override
    public String toString() {
        return "acknowledged %d, ended %s, lost %d, published twice %d; refused or unanswered %d, slowest answer %d ms"
                .formatted(acknowledged, new TreeMap<>(ends), lost, twice, refused, slowestMs);
    }
}
