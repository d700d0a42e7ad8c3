package io.trekpoint.lanes.limit;

import io.trekpoint.lanes.guard.Fault;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of reservations. A reservation ends once, whoever says so and how often: it is kept,
 * given back, or released because its job never came to be. Owns {@code settle.lua}, {@code
 * overdue.lua}, {@code look-again.lua} and {@code forget-reserving.lua}. Thread-safe.
 */
public final class Reservations {
    /**
     * A reservation whose job has not said in time what becomes of it.
     *
     * @param client whose it is
     * @param name its name
     * @param dueAt when it was to be looked at, ms
     * @param last the identity of the last job that came with it
     * @param paysFor the identity of the job it is known to pay for
     * @param key the idempotency key it was made under; empty for none
     */
    public record Overdue(
            String client,
            String name,
            long dueAt,
            String last,
            Optional<String> paysFor,
            Optional<String> key) {
        /**
         * The identities its job may have: the one that is known, else the one it was made for,
         * which it is named after, and the last. A retry between those is known by the key alone.
         */
        public List<String> jobs() {
            return paysFor.map(List::of).orElseGet(() -> List.of(name, last));
        }
    }

    private static final Logger LOG = Logger.getLogger(Reservations.class);
    private static final Script SETTLE = Script.load("settle");
    private static final Script OVERDUE = Script.load("overdue");
    private static final Script LOOK_AGAIN = Script.load("look-again");
    private static final Script FORGET = Script.load("forget-reserving");
    private static final int MOST = 100;
    private static final int MOST_CLIENTS = 500;

    /** How long a note is relied on by whoever made it. */
    private static final Duration NOTED = Duration.ofMinutes(10);

    /** How old a note is before it is struck out; what was noted then is in sight long before. */
    private static final Duration STALE = Duration.ofHours(1);

    private static final int MOST_NOTES = 50_000;

    private final Lane lane;
    private final InstantSource clock;
    private final Map<String, Long> notes = new ConcurrentHashMap<>();

    /**
     * Works over the limits lane.
     *
     * @param clock may differ from that of others by minutes
     */
    public Reservations(Lane lane, InstantSource clock) {
        this.lane = lane;
        this.clock = clock;
    }

    /**
     * Notes a client as one who may have reservations; to be called before it reserves. One round
     * trip in ten minutes for each client.
     *
     * @throws LaneException when Redis gives no useful answer
     */
    void note(String client) {
        long now = clock.millis();
        Long noted = notes.get(client);
        if (noted != null && Math.abs(now - noted) < NOTED.toMillis()) {
            return;
        }
        lane.send(
                Request.cmd(Command.ZADD).arg(LimitKeys.reserving()).arg(now).arg(client),
                Lane.Access.WRITE);
        if (notes.size() >= MOST_NOTES) {
            notes.clear();
        }
        notes.put(client, now);
    }

    /**
     * Does what the end of a job says.
     *
     * @param givenBack whether what was charged is given back
     * @return whether this call has ended the reservation
     * @throws LaneException when Redis gives no useful answer
     */
    public boolean settle(String client, String name, boolean givenBack) {
        return end(client, name, givenBack ? "back" : "kept", "", null);
    }

    /**
     * Releases a fresh reservation whose job was refused on its way in, unless another request with
     * the same idempotency key has come with it since.
     *
     * @throws LaneException when Redis gives no useful answer
     */
    boolean release(String client, Reservation reservation) {
        return end(client, reservation.name(), "released", reservation.name(), null);
    }

    /**
     * Releases a reservation whose job never came to be, unless a retry has come with it since.
     *
     * @throws LaneException when Redis gives no useful answer
     */
    public boolean release(Overdue overdue) {
        return end(overdue.client(), overdue.name(), "released", overdue.last(), overdue.dueAt());
    }

    /**
     * Keeps what a reservation has charged whose job has ended without a word of it that is left.
     *
     * @throws LaneException when Redis gives no useful answer
     */
    public boolean keep(Overdue overdue) {
        return end(overdue.client(), overdue.name(), "kept", "", overdue.dueAt());
    }

    /**
     * Looks at a reservation again later, as its job is under way, and notes which one that is: the
     * idempotency key that has led to it may be forgotten by then.
     *
     * @throws LaneException when Redis gives no useful answer
     */
    public void lookAgain(Overdue overdue, String job, Duration later) {
        LOOK_AGAIN.run(
                lane,
                List.of(LimitKeys.due(overdue.client())),
                List.of(overdue.name(), job, later.toMillis()));
    }

    /**
     * Finds overdue reservations of every client, at most 100 of each, and hands each on. Strikes
     * clients out who have had none for an hour.
     *
     * @throws LaneException when Redis gives no useful answer
     */
    public void sweep(Consumer<Overdue> look) {
        int seen = 0;
        int found;
        do {
            Response page =
                    Objects.requireNonNull(
                            lane.send(
                                    Request.cmd(Command.ZRANGE)
                                            .arg(LimitKeys.reserving())
                                            .arg(seen)
                                            .arg(seen + MOST_CLIENTS - 1)
                                            .arg("WITHSCORES"),
                                    Lane.Access.READ));
            List<Map.Entry<String, Long>> clients = scored(page);
            found = clients.size();
            for (Map.Entry<String, Long> client : clients) {
                // Who is struck out moves those behind up.
                boolean stays = !sweptOut(client.getKey(), client.getValue(), look);
                seen += stays ? 1 : 0;
            }
        } while (found == MOST_CLIENTS);
    }

    /**
     * Whether the client was struck out. What is wrong with its keys holds up none of the others.
     */
    private boolean sweptOut(String client, long notedAt, Consumer<Overdue> look) {
        try {
            return sweep(client, notedAt, look);
        } catch (LaneException e) {
            if (e.fault() != Fault.REJECTED) {
                throw e;
            }
            LOG.errorf("reservations of %s cannot be looked at: %s", client, e.getMessage());
            return false;
        }
    }

    /** Whether the client was struck out. */
    private boolean sweep(String client, long notedAt, Consumer<Overdue> look) {
        Response reply =
                Objects.requireNonNull(
                        OVERDUE.run(lane, List.of(LimitKeys.due(client)), List.of(MOST)));
        for (int i = 1; i + 4 < reply.size(); i += 5) {
            look.accept(
                    new Overdue(
                            client,
                            reply.get(i).toString(),
                            (long) Double.parseDouble(reply.get(i + 1).toString()),
                            reply.get(i + 2).toString(),
                            text(reply.get(i + 3)),
                            text(reply.get(i + 4))));
        }
        boolean none = reply.get(0).toLong() == 0;
        if (!none || clock.millis() - notedAt <= STALE.toMillis()) {
            return false;
        }
        Response struckOut =
                FORGET.run(lane, List.of(LimitKeys.reserving()), List.of(client, notedAt));
        return struckOut != null && struckOut.toInteger() == 1;
    }

    private boolean end(String client, String name, String how, String job, @Nullable Long dueAt) {
        Response reply =
                SETTLE.run(
                        lane,
                        List.of(LimitKeys.due(client)),
                        List.of(name, how, job, dueAt == null ? "" : dueAt));
        return Objects.requireNonNull(reply).toInteger() == 1;
    }

    private static Optional<String> text(Response field) {
        return Optional.of(field.toString()).filter(text -> !text.isEmpty());
    }

    /** RESP3 answers with pairs, RESP2 with a flat list. */
    private static List<Map.Entry<String, Long>> scored(Response page) {
        List<Map.Entry<String, Long>> scored = new ArrayList<>();
        if (page.size() > 0 && page.get(0).type() == ResponseType.MULTI) {
            page.forEach(pair -> scored.add(Map.entry(pair.get(0).toString(), time(pair.get(1)))));
            return scored;
        }
        for (int i = 0; i + 1 < page.size(); i += 2) {
            scored.add(Map.entry(page.get(i).toString(), time(page.get(i + 1))));
        }
        return scored;
    }

    private static long time(Response score) {
        return (long) Double.parseDouble(score.toString());
    }
}
