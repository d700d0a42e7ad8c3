package io.trekpoint.control.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the whole product fares, as its instances say.
 *
 * @param revision of the control state that this service goes by
 * @param instancesConfirmed whether the control lane has just said who is there; false where it is
 *     silent and the instances are those known last
 * @param instancesAt when it said so last
 * @param concerns every concern, in the order they are declared
 * @param instances by service, then start
 */
public record ProductStatus(
        long revision,
        boolean instancesConfirmed,
        Instant instancesAt,
        List<ConcernStatus> concerns,
        List<InstanceStatus> instances) {

    /**
     * A concern over all instances that have it.
     *
     * @param concern its label
     * @param lane the lane it travels on
     * @param mode the worst of theirs; absent where no running instance has this concern
     * @param since when the first of them was seen in it
     * @param usersView what the users of the product notice
     * @param failureDefault what it does while its lane cannot answer
     * @param instances how many instances are in each mode
     */
    public record ConcernStatus(
            String concern,
            String lane,
            @Nullable String mode,
            @Nullable Instant since,
            String usersView,
            String failureDefault,
            Map<String, Integer> instances) {}

    /**
     * A running process.
     *
     * @param id random, one for each start
     * @param service which service it runs
     * @param version of the service
     * @param url where operators reach it
     * @param startedAt when it started
     * @param revision of the control state it goes by
     * @param behind how many revisions that is behind this service
     * @param source where it has its state from
     * @param snapshotAgeSeconds since that source last confirmed it
     * @param alarm why an operator should look; absent while all is well
     * @param silentSeconds since it last said so
     * @param modes what each of its concerns is doing
     */
    public record InstanceStatus(
            String id,
            String service,
            String version,
            String url,
            Instant startedAt,
            long revision,
            long behind,
            String source,
            long snapshotAgeSeconds,
            @Nullable String alarm,
            long silentSeconds,
            Map<String, String> modes) {}
}
