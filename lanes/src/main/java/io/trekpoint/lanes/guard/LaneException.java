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
    private final boolean mayHaveExecuted;

    private LaneException(
            LaneName lane,
            Fault fault,
            String replyCode,
            boolean mayHaveExecuted,
            String text,
            @Nullable Throwable cause) {
        super(text, cause);
        this.lane = lane;
        this.fault = fault;
        this.replyCode = replyCode;
        this.mayHaveExecuted = mayHaveExecuted;
    }

    /** The server has answered, and its answer is an error. */
    static LaneException answered(LaneName lane, Fault fault, String replyCode, Throwable cause) {
        String text = describe(lane, fault) + " (" + replyCode + ")";
        return new LaneException(lane, fault, replyCode, false, text, cause);
    }

    /** The command went out, and what became of it is not known. */
    static LaneException unanswered(LaneName lane, Fault fault, Throwable cause) {
        return new LaneException(lane, fault, "", true, describe(lane, fault), cause);
    }

    /** There was no connection to send the command on, or none was free. */
    static LaneException unsent(LaneName lane, Fault fault, Throwable cause) {
        return new LaneException(
                lane, fault, "", false, describe(lane, fault) + ", no connection", cause);
    }

    /** The breaker kept the command back. */
    static LaneException heldBack(LaneName lane, Fault lastFault) {
        return new LaneException(
                lane, lastFault, "", false, describe(lane, lastFault) + ", breaker open", null);
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
     * Whether the command may have been carried out all the same. False when the server has
     * answered with an error, when there was no connection, and when an open breaker kept the
     * command back.
     */
    public boolean mayHaveExecuted() {
        return mayHaveExecuted;
    }

    private static String describe(LaneName lane, Fault fault) {
        return "lane " + lane.label() + " is " + fault.label();
    }
}
