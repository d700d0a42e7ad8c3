package io.trekpoint.worker.intake;

import io.trekpoint.lanes.job.Ending;
import java.util.Optional;

/** Does the work of one job type. Stateless; called on the CPU pool. */
interface JobEngine {
    /** The job type it does, such as {@code export}. */
    String type();

    /**
     * Works on a job from its start.
     *
     * @return how the attempt ends; empty when the job was stopped and nothing is to be told
     * @throws io.trekpoint.lanes.guard.LaneException when the input cannot be read just now
     */
    Optional<Ending> work(HeldJob held);
}
