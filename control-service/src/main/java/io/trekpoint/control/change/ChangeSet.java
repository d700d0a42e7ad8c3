package io.trekpoint.control.change;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several changes as one revision.
 *
 * @param reason why, for the audit
 * @param changes 1 to 500, each of another entry
 * @param at when to make them; now where it is not given
 */
public record ChangeSet(
        @NotBlank @Size(max = 500) String reason,
        @NotEmpty @Size(max = 500) List<@NotNull @Valid ProposedChange> changes,
        @Nullable Instant at) {}
