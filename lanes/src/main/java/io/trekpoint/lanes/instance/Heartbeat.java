package io.trekpoint.lanes.instance;

import io.trekpoint.lanes.guard.ConcernModes;
import io.trekpoint.lanes.guard.ConcernModes.Standing;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.guard.StatusView;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.redis.Script;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The loop that tells in the control lane that this process is there and how it fares: every five
 * seconds, and within a second of a change of mode. What it said lapses after 30 s, or goes when
 * the process is shut down. Owns {@code beat.lua}.
 */
public final class Heartbeat implements AutoCloseable {
    /** How long a beat is believed. */
    static final Duration TTL = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Script BEAT = Script.load("beat");

    private final Identity identity;
    private final Lane lane;
    private final ConcernModes modes;
    private final Mirror mirror;
    private final InstantSource clock;
    private final Loop loop;
    private Instant told = Instant.MIN;
    private Map<String, Standing> toldModes = Map.of();

    /**
     * Starts beating.
     *
     * @param lane the control lane
     * @param modes what the concerns of this process are doing
     * @param mirror the control state it goes by
     * @param clock tells when the next beat is due: one that is not put back
     */
    public Heartbeat(
            Identity identity, Lane lane, ConcernModes modes, Mirror mirror, InstantSource clock) {
        this.identity = identity;
        this.lane = lane;
        this.modes = modes;
        this.mirror = mirror;
        this.clock = clock;
        this.loop = Loop.start("heartbeat", this::turn);
    }

    /** What this process says of itself now. */
    public Beat self() {
        StatusView.ControlStateView state = mirror.status();
        return new Beat(
                identity,
                state.revision(),
                state.source(),
                state.ageSeconds(),
                state.alarm(),
                modes.standings());
    }

    /** Stops, and tells so; where that cannot be told, the last beat lapses. */
    @Override
    public void close() {
        loop.close();
        try {
            send(List.of(identity.id(), 0));
        } catch (LaneException e) {
            LOG.debugf("left without a word: %s", e.getMessage());
        }
    }

    private Duration turn() {
        Beat beat = self();
        Instant now = clock.instant();
        boolean due = !now.isBefore(told.equals(Instant.MIN) ? told : told.plus(INTERVAL));
        if (due || !beat.modes().equals(toldModes)) {
            List<Object> args = new ArrayList<>(List.of(identity.id(), TTL.toMillis()));
            beat.fields().forEach((name, value) -> args.addAll(List.of(name, value)));
            send(args);
            told = now;
            toldModes = beat.modes();
        }
        return LOOK;
    }

    private void send(List<Object> args) {
        BEAT.run(lane, List.of(InstanceKeys.ROLL, InstanceKeys.instance(identity.id())), args);
    }
}
