package io.trekpoint.control.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.status.Instances.Known;
import io.trekpoint.control.status.ProductStatus.ConcernStatus;
import io.trekpoint.control.status.ProductStatus.InstanceStatus;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.flag.FlagAnswer.Reason;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import io.trekpoint.lanes.guard.Concern;
import io.trekpoint.lanes.guard.ConcernModes.Standing;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.instance.Beat;
import io.trekpoint.lanes.instance.Roll.Present;
import io.trekpoint.lanes.mirror.ControlState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Draws what instances say together into what holds for the product. A concern is as well as the
 * worst of them.
 *
 * @param known who is there
 * @param state the control state that this service goes by
 */
record Overview(Known known, ControlState state) {
    private static final String UNSERVED = "no running service sees to it";

    ProductStatus status() {
        return new ProductStatus(
                state.head().revision(),
                known.confirmed(),
                known.roll().at(),
                Stream.of(Concern.values()).map(this::status).toList(),
                known.roll().present().stream().map(this::status).toList());
    }

    BlastRadius without(LaneName lane) {
        List<BlastRadius.Change> changes = new ArrayList<>();
        List<String> unchanged = new ArrayList<>();
        for (Concern concern : Concern.values()) {
            if (concern.lane() == lane) {
                changes.add(change(concern));
            } else {
                unchanged.add(concern.label());
            }
        }
        return new BlastRadius(
                lane.label(),
                changes,
                unchanged,
                lane == Concern.FLAGS.lane() ? changingFlags() : List.of());
    }

    /** A killed flag stays killed, and one that answers so already goes on. */
    private List<BlastRadius.FlagAnswers> changingFlags() {
        List<BlastRadius.FlagAnswers> changing = new ArrayList<>();
        new TreeMap<>(state.flags())
                .forEach((key, entry) -> {
                    Flag flag = entry.value();
                    FlagAnswer now = flag.answer();
                    FlagAnswer then = flag.evaluateStale(EvaluationContext.EMPTY);
                    JsonNode value = then.value();
                    boolean settled = now.reason() == Reason.STATIC && now.value() != null;
                    if (then.reason() == Reason.STALE
                            && value != null
                            && !(settled && value.equals(now.value()))) {
                        String why = flag.definition().traits().onUnavailable().name();
                        changing.add(new BlastRadius.FlagAnswers(key, why, now.value(), value));
                    }
                });
        return changing;
    }

    private ConcernStatus status(Concern concern) {
        List<Standing> standings = standings(concern);
        Optional<Mode> worst = worst(standings);
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Standing each : standings) {
            counts.merge(each.mode().label(), 1, Integer::sum);
        }
        Instant since =
                standings.stream()
                        .filter(each -> worst.filter(each.mode()::equals).isPresent())
                        .map(Standing::since)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
        return new ConcernStatus(
                concern.label(),
                concern.lane().label(),
                worst.map(Mode::label).orElse(null),
                since,
                worst.map(concern::usersView).orElse(UNSERVED),
                concern.failureDefault(),
                counts);
    }

    private InstanceStatus status(Present present) {
        Beat beat = present.beat();
        Map<String, String> modes = new LinkedHashMap<>();
        beat.modes().forEach((concern, standing) -> modes.put(concern, standing.mode().label()));
        return new InstanceStatus(
                beat.identity().id(),
                beat.identity().service(),
                beat.identity().version(),
                beat.identity().url().toString(),
                beat.identity().startedAt(),
                beat.revision(),
                Math.max(0, state.head().revision() - beat.revision()),
                beat.source(),
                beat.ageSeconds(),
                beat.alarm(),
                present.silentMillis() / 1000,
                modes);
    }

    private BlastRadius.Change change(Concern concern) {
        Optional<Mode> now = worst(standings(concern));
        // What is degraded already stays as it is.
        Mode then = now.filter(mode -> mode != Mode.NORMAL).orElse(concern.withoutLane());
        return new BlastRadius.Change(
                concern.label(),
                now.map(Mode::label).orElse(null),
                then.label(),
                now.map(concern::usersView).orElse(UNSERVED),
                concern.usersView(then),
                concern.failureDefault(),
                known.roll().present().stream()
                        .map(Present::beat)
                        .filter(beat -> beat.modes().containsKey(concern.label()))
                        .map(beat -> beat.identity().service())
                        .distinct()
                        .toList());
    }

    private List<Standing> standings(Concern concern) {
        return known.roll().present().stream()
                .flatMap(each -> Stream.ofNullable(each.beat().modes().get(concern.label())))
                .toList();
    }

    /** Modes are declared from the best to the worst. */
    private static Optional<Mode> worst(List<Standing> standings) {
        return standings.stream().map(Standing::mode).max(Comparator.naturalOrder());
    }
}
