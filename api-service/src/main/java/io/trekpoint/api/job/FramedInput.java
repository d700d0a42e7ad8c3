package io.trekpoint.api.job;

import io.vertx.core.http.HttpServerRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body that ends only where its framing says so: one whose chunks cannot be read ends as well, as
 * far as the framework shows it, and the decoder's result of its request tells them apart.
 */
final class FramedInput extends FilterInputStream {
    private final HttpServerRequest request;

    FramedInput(InputStream in, HttpServerRequest request) {
        super(in);
        this.request = request;
    }

    @Override
    public int read() throws IOException {
        return checked(super.read());
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        return checked(super.read(into, at, length));
    }

    private int checked(int answer) throws IOException {
        if (answer < 0 && request.decoderResult().isFailure()) {
            throw new IOException("the chunks of a body are none", request.decoderResult().cause());
        }
        return answer;
    }
}
