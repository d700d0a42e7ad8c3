package io.trekpoint.lanes.guard;

import io.vertx.redis.client.Response;
import java.net.ConnectException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Tells what a failed command says about the Redis behind a lane. Stateless. */
final class FaultClassifier {
    /** The client's own word for a connection that went while a command was on it. */
    private static final String CONNECTION_CLOSED = "CONNECTION_CLOSED";

    /** The client's own words for a command that it did not send, and what they say. */
    private static final Map<String, Fault> UNSENT =
            Map.of("Connection is closed", Fault.DEAD, "Redis waiting queue is full", Fault.SLOW);

    private static final Map<String, Fault> BY_REPLY_CODE =
            Map.ofEntries(
                    Map.entry("LOADING", Fault.LOADING),
                    Map.entry("BUSY", Fault.BUSY),
                    Map.entry("MASTERDOWN", Fault.MASTER_DOWN),
                    Map.entry("CLUSTERDOWN", Fault.DEAD),
                    Map.entry("READONLY", Fault.READ_ONLY),
                    Map.entry("OOM", Fault.OUT_OF_MEMORY),
                    Map.entry("MISCONF", Fault.MISCONFIGURED),
                    Map.entry("NOREPLICAS", Fault.MISCONFIGURED),
                    Map.entry("NOPERM", Fault.DENIED),
                    Map.entry("NOAUTH", Fault.DENIED),
                    Map.entry("WRONGPASS", Fault.DENIED));

    private FaultClassifier() {}

    static LaneException classify(LaneName lane, Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof LaneException known) {
            return known;
        }
        if (cause instanceof InterruptedException) {
            return LaneException.unanswered(lane, Fault.INTERRUPTED, cause);
        }
        if (cause instanceof TimeoutException) {
            return LaneException.unanswered(lane, Fault.SLOW, cause);
        }
        if (isPoolBusy(cause)) {
            return LaneException.unsent(lane, Fault.SLOW, cause);
        }
        if (cause instanceof ConnectException) {
            return LaneException.unsent(lane, Fault.DEAD, cause);
        }
        Fault unsent = UNSENT.get(String.valueOf(cause.getMessage()));
        if (unsent != null) {
            return LaneException.unsent(lane, unsent, cause);
        }
        String code = replyCode(cause);
        if (code.isEmpty() || code.equals(CONNECTION_CLOSED)) {
            return LaneException.unanswered(lane, Fault.DEAD, cause);
        }
        return LaneException.answered(lane, byCode(code, cause), code, cause);
    }

    private static Fault byCode(String code, Throwable cause) {
        if (code.equals("ERR")
                && String.valueOf(cause.getMessage()).contains("max number of clients")) {
            return Fault.DEAD;
        }
        return BY_REPLY_CODE.getOrDefault(code, Fault.REJECTED);
    }

    private static boolean isPoolBusy(Throwable cause) {
        return cause.getClass().getSimpleName().equals("ConnectionPoolTooBusyException");
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /**
     * An error reply of the client is a throwable that is a response too; its text opens with a
     * code word.
     */
    private static String replyCode(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            String message = at.getMessage();
            if (message != null && (at instanceof Response || startsWithKnownCode(message))) {
                int end = message.indexOf(' ');
                return end < 0 ? message : message.substring(0, end);
            }
        }
        return "";
    }

    private static boolean startsWithKnownCode(String message) {
        int end = message.indexOf(' ');
        return end > 0 && BY_REPLY_CODE.containsKey(message.substring(0, end));
    }
}
