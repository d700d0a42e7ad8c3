package io.trekpoint.control.flag;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Another definition for a flag.
 *
 * @param definition in the flagd format
 * @param reason why, for the audit
 */
public record FlagPut(@NotNull JsonNode definition, @NotBlank @Size(max = 500) String reason) {}
