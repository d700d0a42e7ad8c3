package io.trekpoint.lanes.mirror;

/**
 * One flag, setting or client with its latest change.
 *
 * @param value what it is
 * @param lastChange who changed it last, when and why
 * @param <T> the type of the value
 */
public record Entry<T>(T value, LastChange lastChange) {}
