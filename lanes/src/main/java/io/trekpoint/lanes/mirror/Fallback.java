package io.trekpoint.lanes.mirror;

import java.util.Optional;

/** Asks the control service while Redis does not say what the state is. */
final class Fallback {
    private final MirrorState mirror;
    private final Optional<ControlServiceSource> control;

    Fallback(MirrorState mirror, Optional<ControlServiceSource> control) {
        this.mirror = mirror;
        this.control = control;
    }

    void tryFill() throws InterruptedException {
        if (control.isPresent()) {
            control.get()
                    .load(mirror.current().state())
                    .ifPresent(fill -> mirror.offer(Source.CONTROL, fill));
        }
    }
}
