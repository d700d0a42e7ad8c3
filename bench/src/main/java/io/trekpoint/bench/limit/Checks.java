package io.trekpoint.bench.limit;

/** A limiter that checks three rates and a quota of a client. Safe for many threads. */
interface Checks extends AutoCloseable {
    /** Whether the client may go on; everything is admitted here, or the lap is void. */
    boolean check(String client);

    @Override
    void close();
}
