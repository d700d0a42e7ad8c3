package io.trekpoint.control.state;

import io.trekpoint.control.store.StateRestorer;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * An operator's word that the state known here shall stand in Redis again.
 *
 * @param reason why, for the audit
 * @param above the highest revision that any service is known to have had, where it is higher than
 *     this one's; at most {@link StateRestorer#HIGHEST}
 * @param replacing the epoch of another data set that is to be overwritten
 */
public record RestoreRequest(
        @NotBlank @Size(max = 500) String reason,
        @Nullable @Min(1) @Max(StateRestorer.HIGHEST) Long above,
        @Nullable String replacing) {}
