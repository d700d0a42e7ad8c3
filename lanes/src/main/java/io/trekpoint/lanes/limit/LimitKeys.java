package io.trekpoint.lanes.limit;

/** Every key of the limits lane. All keys of one client share the tag {@code {limits:<client>}}. */
final class LimitKeys {
    private LimitKeys() {}

    /**
     * Hash of a client's rates: limit name to theoretical arrival time in microseconds. Lives as
     * long as any of those times lies ahead.
     */
    static String rates(String clientId) {
        return tagged(clientId) + "rates";
    }

    /**
     * Hash of one monthly quota of a client: {@code YYYY-MM} to what was used. Outlives the month
     * it was last charged in by 31 days, in which refunds may still come.
     */
    static String quota(String clientId, String name) {
        return tagged(clientId) + "quota:" + name;
    }

    private static String tagged(String clientId) {
        if (clientId.isEmpty()) {
            throw new IllegalArgumentException("limits are kept for a client with an id");
        }
        return "trek:{limits:" + clientId + "}:";
    }
}
