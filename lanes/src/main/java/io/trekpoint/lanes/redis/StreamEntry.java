package io.trekpoint.lanes.redis;

import java.util.Map;

/**
 * One entry of a Redis stream.
 *
 * @param id {@code <milliseconds>-<sequence>}, or whatever the writer chose in that form
 * @param fields its fields in the order they were written
 */
public record StreamEntry(String id, Map<String, String> fields) {}
