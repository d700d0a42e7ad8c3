package io.trekpoint.control.change;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** The loop that makes scheduled changes once their time has come by the clock of Redis. */
@Startup
@Singleton
final class ScheduleLoop {
    private static final Logger LOG = Logger.getLogger(ScheduleLoop.class);
    private static final Duration REST = Duration.ofMillis(500);

    private final Schedules schedules;
    private final ControlJournal journal;
    private final Mirror mirror;
    private final Loop loop;

    ScheduleLoop(Schedules schedules, ControlJournal journal, Mirror mirror) {
        this.schedules = schedules;
        this.journal = journal;
        this.mirror = mirror;
        this.loop = Loop.start("schedule", this::turn);
    }

    /** Before the clients of Redis do. */
    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }

    private Duration turn() {
        boolean none = schedules.all().stream().noneMatch(ScheduledChange::waits);
        if (none || mirror.current().alarm() != null) {
            return REST;
        }
        Instant now = journal.standing(List.of()).at();
        schedules.due(now).forEach(this::execute);
        return REST;
    }

    /** Makes the changes of one. What goes wrong with it holds up none of the others. */
    private void execute(ScheduledChange due) {
        try {
            schedules.execute(due);
        } catch (LaneException e) {
            throw e;
        } catch (ProblemException e) {
            LOG.warnf("the changes scheduled as %s wait on: %s", due.id(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "the changes scheduled as %s wait on", due.id());
        }
    }
}
