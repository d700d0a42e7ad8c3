package io.trekpoint.system.product;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * An HTTP answer.
 *
 * @param status the status code
 * @param headers the headers, names in any case
 * @param body the body as it came
 * @param took from the first byte sent to the last one received
 */
public record Answer(int status, HttpHeaders headers, byte[] body, Duration took) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The first value of a header; empty where there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as JSON. */
    public JsonNode json() {
        try {
            return JSON.readTree(text());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("status " + status + ", not JSON: " + text(), e);
        }
    }

    /** The {@code type} of a problem document; empty for any other answer. */
    public String problem() {
        return header("Content-Type").startsWith("application/problem+json")
                ? json().path("type").asText()
                : "";
    }

    @Override
    public String toString() {
        return "%d after %d ms %s %s"
                .formatted(
                        status, took.toMillis(), headers.map(), text().lines().limit(5).toList());
    }
}
