package io.trekpoint.control.job;

import io.trekpoint.control.auth.Caller;
import io.trekpoint.control.problem.RequestId;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Notes what operators do to jobs. That is no change of the control state and so not in its audit:
 * the lanes are apart, and the log is what there is.
 */
@Singleton
final class OperatorLog {
    private static final Logger LOG = Logger.getLogger(OperatorLog.class);

    private final Caller caller;
    private final RequestId requestId;

    OperatorLog(Caller caller, RequestId requestId) {
        this.caller = caller;
        this.requestId = requestId;
    }

    /** Notes that the caller has done something to a thing, and why. */
    void note(String does, String what, String reason) {
        String oneLine = reason.replaceAll("\\p{Cntrl}", " ");
        LOG.infof("%s %s %s (request %s): %s", caller.id(), does, what, requestId.value(), oneLine);
    }
}
