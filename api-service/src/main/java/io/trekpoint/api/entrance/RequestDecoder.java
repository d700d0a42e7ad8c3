package io.trekpoint.api.entrance;

import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * The server's decoder, which tells of a head that gives its body two lengths: the original takes
 * the {@code Content-Length} out and says nothing, so that nobody behind it could know. Whoever
 * sends both wants two servers to see different requests (RFC 9112, 6.1).
 */
final class RequestDecoder extends VertxHttpRequestDecoder {
    RequestDecoder(HttpServerOptions options) {
        super(options);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new TwoLengthsException();
    }

    /** A body that is chunked and has a length as well. */
    static final class TwoLengthsException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        TwoLengthsException() {
            super("Content-Length and Transfer-Encoding");
        }
    }
}
