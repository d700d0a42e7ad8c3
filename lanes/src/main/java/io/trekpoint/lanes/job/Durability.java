package io.trekpoint.lanes.job;

/** What a submit waits for before it is answered. */
public enum Durability {
    /** For the Redis of the jobs alone: what it has answered for is confirmed. */
    LOCAL,
    /** For one of its replicas too: what none has told of in time is unconfirmed. */
    REPLICATED
}
