package io.trekpoint.control.flag;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * A kill or a restore.
 *
 * @param reason why, for the audit
 */
public record FlagSwitch(@NotBlank @Size(max = 500) String reason) {}
