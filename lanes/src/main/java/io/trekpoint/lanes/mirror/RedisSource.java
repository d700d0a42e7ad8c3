package io.trekpoint.lanes.mirror;

import io.trekpoint.lanes.guard.Fault;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The control state in Redis: {@code control-state.lua} and {@code control-head.lua}. */
final class RedisSource {
    private static final Duration LOAD_DEADLINE = Duration.ofSeconds(2);
    private static final Set<String> WRONG_DATA = Set.of("WRONGTYPE", "ERR");
    private static final int FIRST_ENTRIES = 6;
    private static final List<String> STATE_KEYS =
            Stream.concat(ControlKeys.STATE.stream(), Stream.of(ControlKeys.CHANGES)).toList();

    private final Lane lane;
    private final InstantSource clock;
    private final Script stateScript = Script.load("control-state");
    private final Script headScript = Script.load("control-head");

    RedisSource(Lane lane, InstantSource clock) {
        this.lane = lane;
        this.clock = clock;
    }

    /**
     * Which state Redis holds.
     *
     * @throws LaneException when Redis does not answer
     * @throws DivergedException when what it holds is no whole state
     */
    Head head() {
        Response reply = run(headScript, ControlKeys.STATE, List.of(), lane.deadline());
        Head head = head(reply, 0);
        if (head.known() && !text(reply.get(3)).equals(text(reply.get(4)))) {
            throw new DivergedException(Divergence.INCOMPLETE);
        }
        return head;
    }

    /**
     * The whole state.
     *
     * @throws LaneException when Redis does not answer
     * @throws DivergedException when what it holds is no whole state
     */
    Fill load(ControlState lastGood) {
        String next = ControlKeys.streamId(lastGood.head().revision() + 1);
        Response reply =
                run(
                        stateScript,
                        STATE_KEYS,
                        List.of(next, EntryBounds.LARGEST_BYTES),
                        LOAD_DEADLINE);
        Head head = head(reply, 1);
        StateBuilder builder = StateBuilder.anew(lastGood);
        List<StateBuilder.Stored> entries = entries(reply);
        builder.putAll(entries);
        if (head.known() && !text(reply.get(4)).equals(String.valueOf(entries.size()))) {
            throw new DivergedException(Divergence.INCOMPLETE);
        }
        ControlState state = head.known() ? builder.build(head) : ControlState.UNKNOWN;
        String previous = reply.get(5) == null ? null : text(reply.get(5));
        return new Fill(state, builder.unreadable(), previous, lastGood.head(), clock.instant());
    }

    private static List<StateBuilder.Stored> entries(Response reply) {
        List<StateBuilder.Stored> entries = new ArrayList<>();
        int at = FIRST_ENTRIES;
        for (Kind kind : Kind.values()) {
            Response flat = reply.get(at++);
            for (int i = 0; i + 1 < flat.size(); i += 2) {
                entries.add(
                        new StateBuilder.Stored(
                                kind, flat.get(i).toString(), flat.get(i + 1).toString()));
            }
        }
        return entries;
    }

    private Response run(Script script, List<String> keys, List<?> args, Duration within) {
        try {
            Response reply = script.run(lane, keys, args, within);
            if (reply == null) {
                throw new DivergedException(Divergence.UNREADABLE);
            }
            return reply;
        } catch (LaneException e) {
            if (e.fault() == Fault.REJECTED && WRONG_DATA.contains(e.replyCode())) {
                throw new DivergedException(Divergence.UNREADABLE);
            }
            throw e;
        }
    }

    /** The head whose fields begin at that place of a reply. */
    private static Head head(Response reply, int at) {
        if (reply.get(at) == null) {
            return Head.NONE;
        }
        try {
            return new Head(
                    text(reply.get(at)),
                    Long.parseLong(text(reply.get(at + 1))),
                    text(reply.get(at + 2)));
        } catch (NumberFormatException e) {
            throw new DivergedException(Divergence.UNREADABLE);
        }
    }

    private static String text(@Nullable Response reply) {
        return reply == null ? "" : reply.toString();
    }
}
