package io.trekpoint.control.evaluation;

import io.trekpoint.control.evaluation.FlagUseView.Count;
import io.trekpoint.control.evaluation.FlagUseView.Evaluator;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.evaluation.EvaluationRecords;
import io.trekpoint.lanes.evaluation.FlagUse;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.flag.FlagTraits;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the counted evaluations say about flags. It lags by the seconds between two reports, and
 * knows nothing of what was lost: a reason to ask, not a proof.
 */
@Singleton
public final class FlagUses {
    private static final int DAYS_COUNTED = 7;

    private final EvaluationRecords records;
    private final Mirror mirror;
    private final InstantSource clock;

    FlagUses(EvaluationRecords records, Mirror mirror, InstantSource clock) {
        this.records = records;
        this.mirror = mirror;
        this.clock = clock;
    }

    /**
     * Who evaluated a flag lately, the latest first.
     *
     * @param within how long ago is lately
     * @throws LaneException when the control lane gives no useful answer
     */
    public List<Evaluator> lately(String key, Duration within) {
        Instant since = clock.instant().minus(within);
        return records.find(key).map(this::evaluators).orElse(List.of()).stream()
                .filter(evaluator -> evaluator.lastAt().isAfter(since))
                .toList();
    }

    /** When each flag was last evaluated; empty while the control lane cannot tell. */
    public Map<String, Instant> lastEvaluated() {
        try {
            Map<String, Instant> last = new HashMap<>();
            records.all().forEach((key, use) -> last.put(key, use.last()));
            return last;
        } catch (LaneException e) {
            return Map.of();
        }
    }

    /** When a flag was last evaluated; empty while the control lane cannot tell. */
    public Optional<Instant> lastEvaluated(String key) {
        try {
            return records.find(key).map(FlagUse::last);
        } catch (LaneException e) {
            return Optional.empty();
        }
    }

    /**
     * Forgets how flags were used that the state does not have and nobody has evaluated lately.
     *
     * @return their keys
     * @throws LaneException when the control lane gives no useful answer
     */
    Set<String> forgetGone() {
        Instant since = clock.instant().minus(Duration.ofDays(DAYS_COUNTED));
        Map<String, FlagUse> uses = records.all();
        ControlState state = mirror.state();
        if (!state.head().known()) {
            return Set.of();
        }
        Set<String> gone = new TreeSet<>();
        uses.forEach((key, use) -> {
            boolean there = state.flags().containsKey(key) || FlagKey.find(key).isPresent();
            if (!there && !use.last().isAfter(since)) {
                gone.add(key);
            }
        });
        records.forget(gone);
        return gone;
    }

    FlagUseView view(String key) {
        Optional<FlagUse> use = records.find(key);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Count> counts =
                records.counts(key, today, DAYS_COUNTED).entrySet().stream()
                        .map(Count::of)
                        .toList();
        return FlagUseView.of(
                key, use.orElse(null), use.map(this::evaluators).orElse(List.of()), counts);
    }

    StaleFlagList stale(int days) {
        Instant now = clock.instant();
        Map<String, FlagUse> uses = records.all();
        List<StaleFlag> stale = new ArrayList<>();
        new TreeMap<>(mirror.state().flags())
                .forEach((key, flag) -> {
                    FlagUse use = uses.get(key);
                    List<String> why = why(flag, use, now, now.minus(Duration.ofDays(days)));
                    if (!why.isEmpty()) {
                        stale.add(stale(key, flag.value(), use, why));
                    }
                });
        return new StaleFlagList(now, days, stale);
    }

    /** A flag that was changed lately is not yet called unused, nor a permanent one constant. */
    private static List<String> why(
            Entry<Flag> flag, @Nullable FlagUse use, Instant now, Instant since) {
        FlagTraits traits = flag.value().definition().traits();
        List<String> why = new ArrayList<>();
        boolean settled = !flag.lastChange().at().isAfter(since);
        if (use == null) {
            if (settled) {
                why.add("never-evaluated");
            }
        } else if (!use.last().isAfter(since)) {
            why.add("not-evaluated");
        } else if (settled && !traits.permanent() && !use.since().isAfter(since)) {
            why.add("constant");
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (traits.expires().filter(day -> !day.isAfter(today)).isPresent()) {
            why.add("overdue");
        }
        return why;
    }

    private static StaleFlag stale(String key, Flag flag, @Nullable FlagUse use, List<String> why) {
        FlagTraits traits = flag.definition().traits();
        return new StaleFlag(
                key,
                traits.owner().orElse(null),
                why,
                use == null ? null : use.last(),
                use == null ? null : use.since(),
                use == null || use.variant().isEmpty() ? null : use.variant(),
                traits.expires().orElse(null));
    }

    private List<Evaluator> evaluators(FlagUse use) {
        ControlState state = mirror.state();
        return use.by().entrySet().stream()
                .map(by -> evaluator(by.getKey(), by.getValue(), state))
                .sorted(Comparator.comparing(Evaluator::lastAt).reversed())
                .toList();
    }

    private static Evaluator evaluator(String consumer, Instant lastAt, ControlState state) {
        return state.client(consumer)
                .map(Client::name)
                .map(name -> new Evaluator(name, consumer, lastAt))
                .orElseGet(() -> new Evaluator(consumer, null, lastAt));
    }
}
