package io.trekpoint.worker.gpx.document;

import org.jspecify.annotations.Nullable;

/**
 * Who made the file.
 *
 * @param name name
 * @param email address, {@code local@domain}
 * @param link home page
 */
public record Person(@Nullable String name, @Nullable String email, @Nullable Link link) {}
