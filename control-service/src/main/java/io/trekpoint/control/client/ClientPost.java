package io.trekpoint.control.client;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * A client to create.
 *
 * @param name for people
 * @param tier {@code free}, {@code pro} or {@code partner}
 * @param roles any of {@code reader}, {@code viewer}, {@code operator}, {@code admin}; none for a
 *     plain client of the gateway
 * @param browser whether its key lies open in the pages of browsers; such a client has the role
 *     {@code reader} and no other
 * @param reason why, for the audit
 */
public record ClientPost(
        @NotBlank @Size(max = 100) String name,
        @NotNull String tier,
        @NotNull @Size(max = 4) List<@NotNull String> roles,
        boolean browser,
        @NotBlank @Size(max = 500) String reason) {}
