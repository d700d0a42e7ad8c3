package io.trekpoint.system.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Somebody who calls a service over HTTP, with an API key or without. Headers are given as names
 * and values in turn. Thread-safe.
 *
 * @param url the base URL of the service
 * @param key the API key to show; empty for none
 */
public record Caller(URI url, String key) {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();

    /** The same service, called with another key. */
    public Caller as(String otherKey) {
        return new Caller(url, otherKey);
    }

    /** GET. */
    public Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    /** POST of bytes. */
    public Answer post(String path, byte[] body, String... headers) {
        return send("POST", path, BodyPublishers.ofByteArray(body), headers);
    }

    /** POST of JSON. */
    public Answer postJson(String path, String body, String... headers) {
        return sendJson("POST", path, body, headers);
    }

    /** PUT of JSON. */
    public Answer putJson(String path, String body, String... headers) {
        return sendJson("PUT", path, body, headers);
    }

    /** Submits a GPX document for export. */
    public Answer export(String to, byte[] gpx, String... headers) {
        String[] all = with(headers, "Content-Type", "application/gpx+xml");
        return post("/v1/jobs/export?to=" + to, gpx, all);
    }

    /**
     * Submits work that keeps a worker busy for longer than it takes to look, or to stop it: a
     * spiral to be thinned out, about twice as slow as a walk of as many bytes to be converted.
     */
    public Answer exportOfASpiral(int bytes) {
        String simplify = "{\"algorithm\":\"rdp\",\"toleranceM\":10}";
        return export(
                "geojson&simplify=" + URLEncoder.encode(simplify, StandardCharsets.UTF_8),
                Gpx.spiral(bytes));
    }

    /** Any request. */
    public Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE).method(method, body);
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            long began = System.nanoTime();
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            return new Answer(response.statusCode(), response.headers(), response.body(), took);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + method + " " + path, e);
        }
    }

    private Answer sendJson(String method, String path, String body, String... headers) {
        String[] all = with(headers, "Content-Type", "application/json");
        return send(method, path, BodyPublishers.ofString(body), all);
    }

    private static String[] with(String[] headers, String name, String value) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = name;
        all[headers.length + 1] = value;
        return all;
    }
}
