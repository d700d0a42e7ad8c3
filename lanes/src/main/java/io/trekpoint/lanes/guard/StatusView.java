package io.trekpoint.lanes.guard;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /status} of every service answers: its own modes, known without asking anybody.
 *
 * @param service {@code api-service}, {@code worker-service} or {@code control-service}
 * @param version of the service
 * @param instance the identity of this process
 * @param startedAt when it started
 * @param lanes each lane the service uses
 * @param concerns each concern the service touches
 * @param controlState the control state it goes by
 */
public record StatusView(
        String service,
        String version,
        String instance,
        Instant startedAt,
        List<LaneView> lanes,
        List<ConcernView> concerns,
        ControlStateView controlState) {

    /**
     * A lane.
     *
     * @param lane its label
     * @param breaker {@code closed}, {@code open} or {@code half-open}
     * @param readable whether reads are answered
     * @param writable whether writes are answered
     * @param fault what is wrong; absent while all is well
     * @param since when it came to stand like this
     */
    public record LaneView(
            String lane,
            String breaker,
            boolean readable,
            boolean writable,
            @Nullable String fault,
            Instant since) {

        /** The view of a lane's status. */
        public static LaneView of(LaneStatus status) {
            return new LaneView(
                    status.lane().label(),
                    status.breaker(),
                    status.readable(),
                    status.writable(),
                    status.reads().or(status::writes).map(Fault::label).orElse(null),
                    status.since());
        }
    }

    /**
     * A concern.
     *
     * @param concern its label
     * @param lane the lane it travels on
     * @param mode what it is doing now
     * @param since when it was first seen doing it
     * @param failureDefault what it does while its lane cannot answer
     */
    public record ConcernView(
            String concern, String lane, String mode, Instant since, String failureDefault) {
        static ConcernView of(Concern concern, ConcernModes.Standing standing) {
            return new ConcernView(
                    concern.label(),
                    concern.lane().label(),
                    standing.mode().label(),
                    standing.since(),
                    concern.failureDefault());
        }
    }

    /**
     * The control state a service goes by.
     *
     * @param revision its revision; 0 where none was ever known
     * @param epoch the data set it belongs to; absent where none was ever known
     * @param source {@code redis}, {@code control}, {@code disk} or {@code default}
     * @param ageSeconds since it was last confirmed by its source
     * @param alarm why an operator should look; absent while all is well
     */
    public record ControlStateView(
            long revision,
            @Nullable String epoch,
            String source,
            long ageSeconds,
            @Nullable String alarm) {}
}
