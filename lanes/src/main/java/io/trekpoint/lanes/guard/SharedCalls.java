package io.trekpoint.lanes.guard;

import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Few calls for many callers: while a call is under way, those who come wait, and go along with the
 * next one. That goes as soon as the other is over, or as many wait as went along with it, and
 * takes no more than half of all while the other is under way: so two halves take turns, one on its
 * way while the other makes its questions, and no call is for few where there could be more. A
 * caller alone goes at once, and nobody waits longer than the lane's deadline. Each has an answer
 * of its own; a call that fails, fails for all who went along. Thread-safe.
 *
 * @param <Q> what a caller asks
 */
public final class SharedCalls<Q> {
    private static final int MOST_CALLERS = 64;
    private static final long MOST_BYTES = 256 * 1024;

    /** A call for those who go along. */
    @FunctionalInterface
    public interface Call<Q> {
        /**
         * Asks for all of them.
         *
         * @param within how long it may take
         * @return a reply for each, in their order; an error among them is that one's alone
         * @throws LaneException when there is no useful answer
         */
        Response ask(List<Q> questions, Duration within);
    }

    private final Lane lane;
    private final int mostCalls;
    private final Call<Q> call;
    private final Deque<Caller<Q>> waiting = new ArrayDeque<>();

    /** Calls that somebody was told to lead, and that are not over. */
    private int underWay;

    /** Those of them whose leader has not gathered yet who goes along. */
    private int gathering;

    /** Callers of the others. */
    private int along;

    /**
     * Shares calls over a lane.
     *
     * @param mostCalls how many may be under way at once
     */
    public SharedCalls(Lane lane, int mostCalls, Call<Q> call) {
        this.lane = lane;
        this.mostCalls = mostCalls;
        this.call = call;
    }

    /**
     * Asks, alone or along with others.
     *
     * @param bytes about how long the question is; a call of 256 KiB takes no more along
     * @throws LaneException when there is no useful answer
     */
    public Response ask(Q question, long bytes) {
        Caller<Q> caller = new Caller<>(question, bytes);
        synchronized (this) {
            waiting.add(caller);
            letLead();
        }
        Response reply = awaitTurn(caller).orElseGet(() -> lead(caller));
        if (reply instanceof Throwable failure) {
            throw FaultClassifier.classify(lane.name(), failure);
        }
        return reply;
    }

    /** How many wait for a call. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** The first who waits leads the next call, if there may be one. */
    private synchronized void letLead() {
        if (isDue()) {
            underWay++;
            gathering++;
            waiting.remove().turn.complete(Optional.empty());
        }
    }

    private boolean isDue() {
        boolean another = underWay < mostCalls && gathering == 0 && waiting.size() >= along;
        return !waiting.isEmpty() && (underWay == 0 || another);
    }

    /** A caller's answer; empty where it is to lead a call. */
    private Optional<Response> awaitTurn(Caller<Q> caller) {
        while (true) {
            try {
                return Patience.await(caller.turn, lane.deadline());
            } catch (ExecutionException e) {
                throw FaultClassifier.classify(lane.name(), e);
            } catch (TimeoutException e) {
                // Whoever waits no more is along with a call, which has a deadline.
                if (leave(caller)) {
                    throw LaneException.unsent(lane.name(), Fault.SLOW, e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                leave(caller);
                var _ = caller.turn.thenAccept(this::passOn);
                throw FaultClassifier.classify(lane.name(), e);
            }
        }
    }

    private synchronized boolean leave(Caller<Q> caller) {
        return waiting.remove(caller);
    }

    /** Somebody who was to lead a call has gone. */
    private void passOn(Optional<Response> turn) {
        if (turn.isEmpty()) {
            gathered(0);
            arrived(0);
        }
    }

    private synchronized void gathered(int callers) {
        gathering--;
        along += callers;
        letLead();
    }

    private synchronized void arrived(int callers) {
        underWay--;
        along -= callers;
        letLead();
    }

    private Response lead(Caller<Q> leader) {
        List<Caller<Q>> party = party(leader);
        try {
            Duration within = lane.deadline().minus(leader.waited());
            Response replies = call.ask(party.stream().map(Caller::question).toList(), within);
            for (int i = 1; i < party.size(); i++) {
                party.get(i).turn.complete(Optional.of(replies.get(i)));
            }
            return replies.get(0);
        } catch (RuntimeException | Error e) {
            party.forEach(caller -> caller.turn.completeExceptionally(e));
            throw e;
        } finally {
            arrived(party.size());
        }
    }

    private synchronized List<Caller<Q>> party(Caller<Q> leader) {
        List<Caller<Q>> party = new ArrayList<>(List.of(leader));
        long bytes = leader.bytes;
        int half = Math.ceilDiv(along + 1 + waiting.size(), 2);
        int most = along == 0 ? MOST_CALLERS : Math.min(MOST_CALLERS, half);
        while (!waiting.isEmpty() && party.size() < most && bytes < MOST_BYTES) {
            Caller<Q> next = waiting.remove();
            party.add(next);
            bytes += next.bytes;
        }
        gathered(party.size());
        return party;
    }

    /** Somebody who asks. The turn is the answer, or empty: to lead the next call. */
    private record Caller<Q>(
            Q question, long bytes, long since, CompletableFuture<Optional<Response>> turn) {
        Caller(Q question, long bytes) {
            this(question, bytes, System.nanoTime(), new CompletableFuture<>());
        }

        Duration waited() {
            return Duration.ofNanos(System.nanoTime() - since);
        }
    }
}
