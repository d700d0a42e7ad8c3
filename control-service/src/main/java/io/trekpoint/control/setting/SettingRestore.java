package io.trekpoint.control.setting;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * A deleted value is put back.
 *
 * @param reason why, for the audit
 */
public record SettingRestore(@NotBlank @Size(max = 500) String reason) {}
