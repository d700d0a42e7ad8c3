package io.trekpoint.control.client;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Another key for a client.
 *
 * @param oldEndsAt when the present key ends by itself; absent: on the word of {@code retire}
 * @param reason why, for the audit
 */
public record ClientRotate(@Nullable Instant oldEndsAt, @NotBlank @Size(max = 500) String reason) {}
