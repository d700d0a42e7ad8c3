package io.trekpoint.worker.intake;

import io.trekpoint.lanes.job.Ending;
import java.util.Optional;
import java.util.Set;

/** Does the work of some job types. Stateless; called on the CPU pool. */
interface JobEngine {
    /** The job types it does, such as {@code export}. */
    Set<String> types();

    /**
     * Works on a job from its start.
     *
     * @return how the attempt ends; empty when it was stopped, see {@link HeldJob#stopped}
     * @throws io.trekpoint.lanes.guard.LaneException when the input cannot be read just now
     */
    Optional<Ending> work(HeldJob held);
}
