package io.trekpoint.system.fault;

/**
 * A request and its answer.
 *
 * @param atMs when it was answered, epoch milliseconds by the clock of the test
 * @param client who asked
 * @param request what was asked for, such as {@code submit}
 * @param key its Idempotency-Key; empty for none
 * @param status the answer's status; 0 where the connection was lost
 * @param problem the last word of the answer's problem type; empty for none
 * @param job the job that was answered with; empty for none
 * @param durability of that job as the answer told it; empty for none
 * @param tookMs from the first byte sent to the last received
 */
record Act(
        long atMs,
        String client,
        String request,
        String key,
        int status,
        String problem,
        String job,
        String durability,
        long tookMs) {

    /** Whether it is the promise that the job will end. */
    boolean acknowledges() {
        return status == 202 || status == 200;
    }
}
