package io.trekpoint.control.job;

import io.trekpoint.control.auth.Caller;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.QueueOverview;
import io.trekpoint.lanes.job.QueueSwitch;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.setting.JobSettings;
import jakarta.inject.Singleton;
import java.util.List;

/** The one queue of jobs, which has a name so that there may be more of them. Thread-safe. */
@Singleton
final class Queues {
    private static final String ONLY = "jobs";

    private final QueueOverview overview;
    private final QueueSwitch toggle;
    private final Mirror mirror;
    private final Caller caller;
    private final OperatorLog log;

    Queues(
            QueueOverview overview,
            QueueSwitch toggle,
            Mirror mirror,
            Caller caller,
            OperatorLog log) {
        this.overview = overview;
        this.toggle = toggle;
        this.mirror = mirror;
        this.caller = caller;
        this.log = log;
    }

    /**
     * Every queue as it stands.
     *
     * @throws LaneException when the jobs lane gives no answer
     */
    QueueList list() {
        return new QueueList(List.of(view()));
    }

    /**
     * Stops the claiming of a queue's jobs.
     *
     * @throws ProblemException 404 for another name
     * @throws LaneException when the jobs lane gives no answer
     */
    QueueView pause(String name, String reason) {
        require(name);
        toggle.pause(caller.id());
        log.note("pauses", name, reason);
        return view();
    }

    /**
     * Lets a queue's jobs be claimed again.
     *
     * @throws ProblemException 404 for another name
     * @throws LaneException when the jobs lane gives no answer
     */
    QueueView resume(String name, String reason) {
        require(name);
        toggle.resume(caller.id());
        log.note("resumes", name, reason);
        return view();
    }

    private QueueView view() {
        long budget = mirror.current().state().get(JobSettings.BYTE_BUDGET);
        return QueueView.of(ONLY, overview.shards(), budget);
    }

    private static void require(String name) {
        if (!name.equals(ONLY)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "The only queue is " + ONLY + ".");
        }
    }
}
