package io.trekpoint.lanes.limit;

/**
 * Every key of the limits lane. All keys of one client share the tag {@code {limits:<client>}}, and
 * every script is given one of them and makes the others from it.
 *
 * <p>Beside those below a client has, each made by a script alone:
 *
 * <ul>
 *   <li>{@code reservation:<name>}, HASH: {@code job} (the last that came with it), {@code
 *       patience} (until when a retry's may come to be, ms), {@code paysFor} (the job it is known
 *       to pay for), {@code key} and {@code digest} of the idempotency key, {@code month}, and
 *       {@code quota:<name>} with what was charged. Without a TTL: it ends when it is settled or
 *       released;
 *   <li>{@code paid:<digest of an idempotency key>}, STRING: the reservation that paid for it.
 * </ul>
 */
final class LimitKeys {
    private LimitKeys() {}

    /**
     * Hash of a client's rates: limit name to theoretical arrival time in microseconds. Lives as
     * long as any of those times lies ahead, and 10 to 20 seconds longer.
     */
    static String rates(String clientId) {
        return tagged(clientId) + "rates";
    }

    /**
     * Hash of one monthly quota of a client: {@code YYYY-MM} to what was used. Outlives the month
     * it was first charged in by 31 days, in which refunds may still come.
     */
    static String quota(String clientId, String name) {
        return tagged(clientId) + "quota:" + name;
    }

    /** ZSET of a client's reservations that have not ended, by when they are looked at, ms. */
    static String due(String clientId) {
        return tagged(clientId) + "due";
    }

    /**
     * ZSET of the clients who may have reservations, by when they were noted last, ms. A client is
     * noted before it reserves, so that whoever sweeps finds all of them.
     */
    static String reserving() {
        return "trek:{limits}:reserving";
    }

    /**
     * ZSET of one rate of many that replicas add up: of whom to theoretical arrival time in
     * microseconds. Lapses once nothing in it is owed.
     */
    static String shared(Limit.Rate rate) {
        return "trek:{limits}:" + rate.name();
    }

    private static String tagged(String clientId) {
        if (clientId.isEmpty()) {
            throw new IllegalArgumentException("limits are kept for a client with an id");
        }
        return "trek:{limits:" + clientId + "}:";
    }
}
