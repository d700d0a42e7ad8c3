package io.trekpoint.control.client;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * The first clients of a control data set.
 *
 * @param clients 1 to 100
 */
public record InitRequest(@NotEmpty @Size(max = 100) List<@NotNull @Valid NewClient> clients) {
    /**
     * A client to create.
     *
     * @param name for people
     * @param tier {@code free}, {@code pro} or {@code partner}
     * @param roles any of {@code reader}, {@code viewer}, {@code operator}, {@code admin}
     * @param browser whether its key lies open in the pages of browsers; such a client has the role
     *     {@code reader} and no other
     */
    public record NewClient(
            @NotBlank @Size(max = 100) String name,
            @NotNull String tier,
            @NotNull @Size(max = 4) List<@NotNull String> roles,
            boolean browser) {}
}
