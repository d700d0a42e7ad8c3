package io.trekpoint.control.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of dead letters.
 *
 * @param deadLetters those that ended last first
 * @param next the cursor of the next page; absent on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterList(List<DeadLetterItem> deadLetters, @Nullable String next) {}
