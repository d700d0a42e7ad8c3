package io.trekpoint.api.entrance;

import io.netty.handler.codec.http.FullHttpResponse;

/**
 * What is answered to a head that never became a request.
 *
 * @param requestId the identity that its answer names
 * @param status the HTTP status
 * @param problem the type of the problem document
 * @param answer to be written once, after which the connection ends
 */
record Refusal(String requestId, int status, String problem, FullHttpResponse answer) {}
