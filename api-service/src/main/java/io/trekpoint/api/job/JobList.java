package io.trekpoint.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of a client's jobs.
 *
 * @param jobs newest first; maybe fewer than were asked for although there are more
 * @param next the cursor of the next page; absent on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
@Schema(requiredProperties = "jobs")
public record JobList(List<JobItem> jobs, @Nullable String next) {}
