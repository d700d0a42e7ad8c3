package io.trekpoint.control.flag;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * A return to what once stood.
 *
 * @param revision the revision of the control state whose form of the flag is put back
 * @param reason why, for the audit
 */
public record FlagRollback(@Min(1) long revision, @NotBlank @Size(max = 500) String reason) {}
