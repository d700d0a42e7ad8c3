package io.trekpoint.worker.gpx.document;

import org.jspecify.annotations.Nullable;

/**
 * Terms under which the file may be used.
 *
 * @param author who holds the rights
 * @param year year as written
 * @param license link to the terms
 */
public record Copyright(@Nullable String author, @Nullable String year, @Nullable String license) {}
