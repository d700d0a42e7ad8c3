package io.trekpoint.control.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.Loop;
import io.trekpoint.lanes.instance.Beat;
import io.trekpoint.lanes.instance.Heartbeat;
import io.trekpoint.lanes.instance.Roll;
import io.trekpoint.lanes.instance.Roll.Present;
import io.trekpoint.lanes.instance.RollCall;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is there: asked of the control lane, and kept for when it does not answer. This service
 * always knows itself. Thread-safe.
 */
@Startup
@Singleton
final class Instances {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final List<String> SERVICES =
            List.of("api-service", "worker-service", "control-service");

    private final RollCall rollCall;
    private final Heartbeat self;
    private final Loop loop;
    private volatile Roll last;

    Instances(RollCall rollCall, Heartbeat self, InstantSource clock, MeterRegistry meters) {
        this.rollCall = rollCall;
        this.self = self;
        this.last = new Roll(clock.instant(), List.of());
        for (String service : SERVICES) {
            Gauge.builder("trek.instances", this, all -> all.count(service))
                    .description("Instances of a service that have beaten lately")
                    .tag("service", service)
                    .register(meters);
        }
        Gauge.builder("trek.instances.behind", this, Instances::behind)
                .description("Instances that go by an earlier revision than this service")
                .register(meters);
        this.loop = Loop.start("instances", this::turn);
    }

    /**
     * Who is there.
     *
     * @param roll the instances, this one as it is now
     * @param confirmed whether the control lane has just said so; false where it is silent and this
     *     is what was known last
     */
    record Known(Roll roll, boolean confirmed) {}

    Known now() {
        try {
            last = rollCall.read();
            return new Known(withSelf(last), true);
        } catch (LaneException e) {
            return new Known(withSelf(last), false);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }

    private Duration turn() {
        last = rollCall.read();
        return INTERVAL;
    }

    private Roll withSelf(Roll roll) {
        Beat own = self.self();
        List<Present> present = new ArrayList<>();
        for (Present each : roll.present()) {
            if (!each.beat().identity().id().equals(own.identity().id())) {
                present.add(each);
            }
        }
        present.add(new Present(own, 0));
        return new Roll(roll.at(), present);
    }

    private double count(String service) {
        return last.present().stream()
                .filter(each -> each.beat().identity().service().equals(service))
                .count();
    }

    private double behind() {
        long revision = self.self().revision();
        return last.present().stream().filter(each -> each.beat().revision() < revision).count();
    }
}
