package io.trekpoint.control.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would change if a lane died, by the failure defaults that the code declares.
 *
 * @param without the lane
 * @param changes every concern that travels on it
 * @param unchanged the concerns that do not
 * @param flags those that would change their answer, by key; any other keeps its last known one
 */
public record BlastRadius(
        String without, List<Change> changes, List<String> unchanged, List<FlagAnswers> flags) {
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

    /**
     * A flag.
     *
     * @param key its key
     * @param onUnavailable its {@code trek.onUnavailable}
     * @param valueNow what it answers to somebody of whom nothing is known; absent for the code
     *     default
     * @param valueThen what it would answer to everybody
     */
    public record FlagAnswers(
            String key, String onUnavailable, @Nullable JsonNode valueNow, JsonNode valueThen) {}
}
