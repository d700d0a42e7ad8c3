package io.trekpoint.control.setting;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Another value for a setting.
 *
 * @param value a scalar for every tier, or {@code {default?, tiers?: {free?, pro?, partner?}}}
 * @param reason why, for the audit
 */
public record SettingPut(@NotNull JsonNode value, @NotBlank @Size(max = 500) String reason) {}
