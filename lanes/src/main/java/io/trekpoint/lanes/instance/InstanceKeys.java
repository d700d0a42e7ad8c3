package io.trekpoint.lanes.instance;

/** Where instances are in Redis: under the tag of the control state. */
final class InstanceKeys {
    /** ZSET: instance ids by their latest beat, ms in Redis time. */
    static final String ROLL = "trek:{control}:instances";

    /** HASH: what an instance said of itself in that beat. */
    static final String INSTANCE = "trek:{control}:instance:";

    private InstanceKeys() {}

    static String instance(String id) {
        return INSTANCE + id;
    }
}
