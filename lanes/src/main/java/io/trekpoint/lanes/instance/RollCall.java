package io.trekpoint.lanes.instance;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.instance.Roll.Present;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Reads who is there. Owns {@code instances.lua}. Thread-safe. */
public final class RollCall {
    private static final Logger LOG = Logger.getLogger(RollCall.class);
    private static final Script INSTANCES = Script.load("instances");
    private static final int MOST = 500;
    private static final Comparator<Present> ORDER =
            Comparator.comparing((Present each) -> each.beat().identity().service())
                    .thenComparing(each -> each.beat().identity().startedAt())
                    .thenComparing(each -> each.beat().identity().id());

    private final Lane lane;
    private final InstantSource clock;

    /** Reads over the control lane. */
    public RollCall(Lane lane, InstantSource clock) {
        this.lane = lane;
        this.clock = clock;
    }

    /**
     * The instances that have beaten within 30 s, at most 500 of them. One that cannot be read is
     * left out.
     *
     * @throws LaneException when the lane gives no answer
     */
    public Roll read() {
        Response reply =
                Objects.requireNonNull(
                        INSTANCES.run(
                                lane,
                                List.of(InstanceKeys.ROLL),
                                List.of(InstanceKeys.INSTANCE, Heartbeat.TTL.toMillis(), MOST)));
        List<Present> present = new ArrayList<>();
        for (int i = 0; i + 2 < reply.size(); i += 3) {
            try {
                Beat beat = Beat.of(reply.get(i).toString(), fields(reply.get(i + 2)));
                present.add(new Present(beat, reply.get(i + 1).toLong()));
            } catch (IllegalArgumentException e) {
                LOG.debugf("%s", e.getMessage());
            }
        }
        present.sort(ORDER);
        return new Roll(clock.instant(), present);
    }

    private static Map<String, String> fields(Response flat) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(flat.get(i).toString(), flat.get(i + 1).toString());
        }
        return fields;
    }
}
