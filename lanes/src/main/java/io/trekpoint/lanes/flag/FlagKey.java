package io.trekpoint.lanes.flag;

import java.util.List;

/**
 * A boolean flag that the product's own code asks for.
 *
 * @param key its key in the control state
 * @param enabledByDefault the answer while no definition gives one
 * @param description what it switches, for operators
 */
public record FlagKey(String key, boolean enabledByDefault, String description) {
    /** Whether the gateway takes export jobs. */
    public static final FlagKey GPX_EXPORT =
            new FlagKey("gpx.export", true, "New GPX export jobs are accepted");

    private static final List<FlagKey> CATALOGUE = List.of(GPX_EXPORT);

    /** Every flag the code asks for. */
    public static List<FlagKey> catalogue() {
        return CATALOGUE;
    }
}
