package io.trekpoint.worker.intake;

import io.trekpoint.lanes.job.JobClaimer;
import io.trekpoint.lanes.job.JobFinisher;
import io.trekpoint.lanes.job.JobPromoter;
import io.trekpoint.lanes.job.JobReaper;
import io.trekpoint.lanes.job.JobRenewer;

/**
 * The steps of the job protocol that the loops of a worker take.
 *
 * @param claimer hands jobs out
 * @param renewer keeps them
 * @param finisher ends them
 * @param reaper takes them back from lost workers
 * @param promoter puts delayed ones in line
 */
public record JobSteps(
        JobClaimer claimer,
        JobRenewer renewer,
        JobFinisher finisher,
        JobReaper reaper,
        JobPromoter promoter) {}
