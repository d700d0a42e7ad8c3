package io.trekpoint.control.job;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * An operator's word on the jobs.
 *
 * @param reason why, for the log
 */
public record OperatorWord(@NotBlank @Size(max = 500) String reason) {}
