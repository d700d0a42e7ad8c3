package io.trekpoint.lanes.guard;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Reads and writes one small key on every lane each second, so that a lane's status is true also
 * while nobody uses it. Real commands, since a server that answers PING may refuse everything else.
 */
public final class LaneProbe implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LaneProbe.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final long KEY_TTL_MILLIS = 10_000;

    private final List<Lane> lanes;
    private final String instance;
    private final List<Loop> loops;

    /**
     * Warms the lanes up, then starts probing: a first command pays for connecting, and must not be
     * what opens a breaker.
     *
     * @param lanes the lanes to probe
     * @param instance the identity of this process, part of the key
     */
    public LaneProbe(List<Lane> lanes, String instance) {
        this.lanes = List.copyOf(lanes);
        this.instance = instance;
        this.lanes.forEach(this::warmUp);
        this.loops =
                this.lanes.stream()
                        .map(lane -> Loop.start("probe-" + lane.name().label(), () -> probe(lane)))
                        .toList();
    }

    @Override
    public void close() {
        loops.forEach(Loop::close);
    }

    private void warmUp(Lane lane) {
        try {
            lane.send(Request.cmd(Command.GET).arg(key(lane)), Lane.Access.READ, WARM_UP);
        } catch (LaneException e) {
            LOG.debugf("%s at start", e.getMessage());
        }
    }

    private String key(Lane lane) {
        return "trek:{" + lane.name().label() + "}:probe:" + instance;
    }

    private Duration probe(Lane lane) {
        String key = key(lane);
        try {
            lane.send(Request.cmd(Command.GET).arg(key), Lane.Access.READ);
            lane.send(
                    Request.cmd(Command.SET).arg(key).arg("1").arg("PX").arg(KEY_TTL_MILLIS),
                    Lane.Access.WRITE);
        } catch (LaneException e) {
            if (e.fault() == Fault.INTERRUPTED) {
                throw e;
            }
            // The lane has taken note; the next probe comes at the usual pace.
        }
        return INTERVAL;
    }
}
