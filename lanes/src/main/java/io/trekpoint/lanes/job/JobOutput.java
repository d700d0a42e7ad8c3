package io.trekpoint.lanes.job;

/**
 * A published output.
 *
 * @param mediaType what it is
 * @param bytes its length as served
 * @param sha256 of the bytes as served, in lower-case hexadecimal
 * @param token the token it was written under
 * @param chunks in how many chunks it is stored
 */
public record JobOutput(String mediaType, long bytes, String sha256, String token, int chunks) {}
