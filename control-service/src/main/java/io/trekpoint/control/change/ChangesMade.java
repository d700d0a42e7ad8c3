package io.trekpoint.control.change;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What several changes did, or would do.
 *
 * @param revision of the control state after them; the present one for a dry run and where nothing
 *     was to be done
 * @param dryRun whether nothing was written
 * @param diff each entry that changed, before and after
 */
@RegisterForReflection
public record ChangesMade(long revision, boolean dryRun, List<EntryChange> diff) {}
