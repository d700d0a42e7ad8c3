package io.trekpoint.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trekpoint.api.gateway.Call;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;

/** Answers with a problem where no resource has been asked yet. Thread-safe. */
@Singleton
public class ProblemWriter {
    private final ObjectMapper json;

    /** Writes with this mapper. */
    public ProblemWriter(ObjectMapper json) {
        this.json = json;
    }

    /** Ends a request, whatever has come of its body. */
    public void write(RoutingContext routing, Call call, ProblemException e) {
        Problem problem = e.problem().at(call.requestId());
        call.endsWith(problem.type());
        HttpServerResponse response = routing.response();
        e.headers().forEach(response::putHeader);
        response.setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE);
        response.end(Buffer.buffer(bytes(problem)));
    }

    /** The document of a problem, for whoever has no request to end. */
    public byte[] document(Problem problem, String requestId) {
        return bytes(problem.at(requestId));
    }

    private byte[] bytes(Problem problem) {
        try {
            return json.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a problem is not JSON", e);
        }
    }
}
