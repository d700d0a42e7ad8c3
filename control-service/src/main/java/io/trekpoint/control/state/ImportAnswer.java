package io.trekpoint.control.state;

import io.trekpoint.control.change.EntryChange;
import java.util.List;

/**
 * What an import did, or would do.
 *
 * @param revision of the control state after it; the present one for a dry run and where nothing
 *     was to be done
 * @param dryRun whether nothing was written
 * @param mode {@code merge} or {@code replace}
 * @param diff each entry that changed, before and after
 */
public record ImportAnswer(long revision, boolean dryRun, String mode, List<EntryChange> diff) {}
