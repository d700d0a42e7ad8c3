package io.trekpoint.lanes.instance;

import java.net.URI;
import java.time.Instant;

/**
 * Which process this is.
 *
 * @param id random, one for each start
 * @param service {@code api-service}, {@code worker-service} or {@code control-service}
 * @param version of the service
 * @param url where operators reach it
 * @param startedAt when it started
 */
public record Identity(String id, String service, String version, URI url, Instant startedAt) {}
