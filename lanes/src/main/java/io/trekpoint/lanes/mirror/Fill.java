package io.trekpoint.lanes.mirror;

import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A whole state as a source offers it.
 *
 * @param state the state; {@link ControlState#UNKNOWN} where the source has none
 * @param unreadable the entries that keep their last good value
 * @param previous the hash that the revision after the known one followed; null where the source
 *     cannot tell
 * @param asked the head the mirror had when it asked: other changes may have come in meanwhile
 * @param asOf when the source confirmed it
 */
record Fill(
        ControlState state,
        SortedSet<String> unreadable,
        @Nullable String previous,
        Head asked,
        Instant asOf) {}
