package io.trekpoint.system.fault;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the checker has found.
 *
 * @param acknowledged jobs that were answered 202
 * @param ends how many of them came to each end
 * @param lost those that nobody knows any more
 * @param twice those whose result was published more than once, as only a stale finish could that
 *     was accepted
 * @param stale finishes that were refused since their token was gone
 * @param repairs what the sweep over the open jobs had to set right
 * @param slowestMs the slowest answer
 * @param refused answers that acknowledged nothing, and connections that were lost
 */
record Verdict(
        int acknowledged,
        Map<String, Integer> ends,
        int lost,
        long twice,
        long stale,
        long repairs,
        long slowestMs,
        long refused) {

    @Override
    public String toString() {
        return "acknowledged %d, ended %s, lost %d, stale accepted %d, stale refused %d, repairs %d; refused or unanswered %d, slowest answer %d ms"
                .formatted(
                        acknowledged,
                        new TreeMap<>(ends),
                        lost,
                        twice,
                        stale,
                        repairs,
                        refused,
                        slowestMs);
    }
}
