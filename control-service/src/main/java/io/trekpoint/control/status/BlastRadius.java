package io.trekpoint.control.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would change if a lane died, by the failure defaults that the code declares.
 *
 * @param without the lane
 * @param changes every concern that travels on it
 * @param unchanged the concerns that do not
 */
public record BlastRadius(String without, List<Change> changes, List<String> unchanged) {
    /**
     * A concern.
     *
     * @param concern its label
     * @param modeNow the worst mode of the instances that have it; absent where none runs
     * @param modeThen the mode it would be in
     * @param usersViewNow what users of the product notice now
     * @param usersViewThen what they would notice
     * @param failureDefault what the concern does while its lane cannot answer
     * @param services the services with running instances that have it
     */
    public record Change(
            String concern,
            @Nullable String modeNow,
            String modeThen,
            String usersViewNow,
            String usersViewThen,
            String failureDefault,
            List<String> services) {}
}
