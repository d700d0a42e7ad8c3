package io.trekpoint.api.entrance;

import com.fasterxml.jackson.core.JsonGenerator;
import io.trekpoint.lanes.guard.Mode;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the access log says of one request. */
sealed interface AccessLine {
    /** Writes it as an object of JSON. */
    void write(JsonGenerator json) throws IOException;

    /**
     * Of a request that has ended.
     *
     * @param client the id of who called; null where that is not known
     * @param route the template of its path, or what stands for one that has none
     * @param outcome served, refused, failed or hung-up
     * @param problem the type of the problem it ended with; null where there was none
     * @param mode what the limits did for it; null where they were not asked
     * @param received bytes of the request
     * @param sent bytes of the answer
     * @param millis how long it took
     */
    record Ended(
            Instant at,
            String requestId,
            @Nullable String client,
            String method,
            String route,
            String outcome,
            int status,
            @Nullable String problem,
            @Nullable Mode mode,
            long received,
            long sent,
            double millis)
            implements AccessLine {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("at", at.toString());
            json.writeStringField("requestId", requestId);
            json.writeStringField("client", client);
            json.writeStringField("method", method);
            json.writeStringField("route", route);
            json.writeStringField("outcome", outcome);
            json.writeNumberField("status", status);
            if (problem != null) {
                json.writeStringField("problem", problem);
            }
            if (mode != null) {
                json.writeStringField("mode", mode.name().toLowerCase(Locale.ROOT));
            }
            json.writeNumberField("received", received);
            json.writeNumberField("sent", sent);
            json.writeNumberField("ms", millis);
            json.writeEndObject();
        }
    }

    /**
     * Of a head that never became a request, in which nothing is to be believed.
     *
     * @param route what stands for none
     * @param outcome refused
     * @param refusal what was answered
     */
    record Unread(Instant at, String route, String outcome, Refusal refusal) implements AccessLine {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("at", at.toString());
            json.writeStringField("requestId", refusal.requestId());
            json.writeStringField("route", route);
            json.writeStringField("outcome", outcome);
            json.writeNumberField("status", refusal.status());
            json.writeStringField("problem", refusal.problem());
            json.writeEndObject();
        }
    }
}
