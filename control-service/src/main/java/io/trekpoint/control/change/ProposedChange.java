package io.trekpoint.control.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * One of several changes.
 *
 * @param kind {@code flag}, {@code setting} or, for administrators, {@code client}
 * @param key its key; a client's id
 * @param action {@code put}, {@code delete} or {@code restore}, for a flag also {@code kill}; for a
 *     client {@code put} or {@code revoke}; {@code put} where it is not given
 * @param definition of a flag, for {@code put}
 * @param value of a setting, for {@code put}
 * @param client what a client is to be, for {@code put}
 * @param ifMatch the ETag of what the change is based on, as in {@code If-Match}; a {@code put} or
 *     a {@code delete} says this or {@code ifNoneMatch}
 * @param ifNoneMatch {@code *} for a put that creates
 * @param force whether a flag is deleted although services ask for it
 */
@RegisterForReflection
public record ProposedChange(
        @NotNull String kind,
        @NotBlank @Size(max = 200) String key,
        @Nullable String action,
        @Nullable JsonNode definition,
        @Nullable JsonNode value,
        @Nullable @Valid ProposedClient client,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        boolean force) {}
