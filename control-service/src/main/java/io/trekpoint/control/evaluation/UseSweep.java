package io.trekpoint.control.evaluation;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.mirror.Mirror;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/** The loop that forgets how flags were used that are gone, while the state is sure. */
@Startup
@Singleton
final class UseSweep {
    private static final Logger LOG = Logger.getLogger(UseSweep.class);
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final FlagUses uses;
    private final Mirror mirror;
    private final Loop loop;

    UseSweep(FlagUses uses, Mirror mirror) {
        this.uses = uses;
        this.mirror = mirror;
        this.loop = Loop.start("flag-use-sweep", this::turn);
    }

    /** Before the clients of Redis do. */
    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }

    private Duration turn() {
        if (mirror.mode() == Mode.NORMAL) {
            Set<String> gone = uses.forgetGone();
            if (!gone.isEmpty()) {
                LOG.infof("forgot how %d flags were used that are gone", gone.size());
            }
        }
        return INTERVAL;
    }
}
