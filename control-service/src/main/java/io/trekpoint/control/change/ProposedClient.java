package io.trekpoint.control.change;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * What a client is to be from now on; its keys stay.
 *
 * @param name for people
 * @param tier {@code free}, {@code pro} or {@code partner}
 * @param roles any of {@code reader}, {@code viewer}, {@code operator}, {@code admin}
 */
@RegisterForReflection
public record ProposedClient(
        @NotBlank @Size(max = 100) String name,
        @NotNull String tier,
        @NotNull @Size(max = 4) List<@NotNull String> roles) {}
