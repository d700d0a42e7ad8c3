package io.trekpoint.lanes.guard;

import org.jspecify.annotations.Nullable;

/**
 * A command on a lane failed. The message names the lane and the fault, and the error word of the
 * reply where there was one; never an address, a credential or an argument.
 */
public final class LaneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final LaneName lane;
    private final Fault fault;
    private final String replyCode;
    private final boolean sent;

    private LaneException(
            LaneName lane, Fault fault, String replyCode, boolean sent, @Nullable Throwable cause) {
        super(describe(lane, fault, replyCode, sent), cause);
        this.lane = lane;
        this.fault = fault;
        this.replyCode = replyCode;
        this.sent = sent;
    }

    static LaneException of(LaneName lane, Fault fault, String replyCode, Throwable cause) {
        return new LaneException(lane, fault, replyCode, true, cause);
    }

    static LaneException open(LaneName lane, Fault lastFault) {
        return new LaneException(lane, lastFault, "", false, null);
    }

    /** The lane that failed. */
    public LaneName lane() {
        return lane;
    }

    /** Why; for a call that an open breaker refused, the fault that opened it. */
    public Fault fault() {
        return fault;
    }

    /**
     * The first word of an error reply such as {@code NOSCRIPT}; empty where there was no reply.
     */
    public String replyCode() {
        return replyCode;
    }

    /**
     * Whether the command may have reached the server, so that its outcome is unknown unless the
     * server answered. False when an open breaker kept it back.
     */
    public boolean mayHaveExecuted() {
        return sent && fault.countsTowardsBreaker();
    }

    private static String describe(LaneName lane, Fault fault, String replyCode, boolean sent) {
        String reply = replyCode.isEmpty() ? "" : " (" + replyCode + ")";
        String held = sent ? "" : ", breaker open";
        return "lane " + lane.label() + " is " + fault.label() + reply + held;
    }
}
