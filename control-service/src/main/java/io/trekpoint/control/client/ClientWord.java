package io.trekpoint.control.client;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * An administrator's word on a client's keys.
 *
 * @param reason why, for the audit
 */
public record ClientWord(@NotBlank @Size(max = 500) String reason) {}
