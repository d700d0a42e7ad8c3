package io.trekpoint.lanes.guard;

import java.util.Locale;

/** Why a command on a lane got no useful answer. */
public enum Fault {
    /** No connection: refused, closed or reset. */
    DEAD(true),
    /** No answer within the deadline. */
    SLOW(true),
    /** The server is still reading its data set. */
    LOADING(true),
    /** The server is held by a script. */
    BUSY(true),
    /** A replica without its primary, told not to serve stale reads. */
    MASTER_DOWN(true),
    /** A replica: reads are served, writes are not. */
    READ_ONLY(false),
    /** {@code maxmemory} is reached: writes are refused. */
    OUT_OF_MEMORY(false),
    /** The server refuses writes because it cannot persist them. */
    MISCONFIGURED(false),
    /** Wrong credentials or missing rights: a configuration error on our side. */
    DENIED(false),
    /** Another error reply: the server is well, this command is not. */
    REJECTED(false),
    /** The caller was interrupted while it waited. */
    INTERRUPTED(false);

    /**
     * The reply to a script that the server does not have yet: no fault, it is sent in full next.
     */
    public static final String NOT_LOADED = "NOSCRIPT";

    private final boolean silence;

    Fault(boolean silence) {
        this.silence = silence;
    }

    /**
     * Whether this fault says "this Redis does not answer" and so counts towards the breaker. The
     * others are answers: the server is there, and reads may go on.
     */
    public boolean countsTowardsBreaker() {
        return silence;
    }

    /** The name in metrics and answers: lower case, words joined by hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
