package io.trekpoint.control.wiring;

import io.trekpoint.lanes.guard.Lane;

/** Keeps the jobs lane apart from the one this service stands on. */
public record JobLane(Lane lane) {}
