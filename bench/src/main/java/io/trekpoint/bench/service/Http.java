package io.trekpoint.bench.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/**
 * Calls of services. Headers are names and values in turn; what is no success is thrown.
 *
 * @param url where the service is
 * @param authorization the header of that name; empty for none
 */
public record Http(String url, String authorization) {
    /** Reads and writes JSON. */
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Gets JSON. */
    public JsonNode get(String path) {
        return send("GET", path, "");
    }

    /** Posts JSON, unless a header says that it is something else. */
    public JsonNode post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** Puts JSON. */
    public JsonNode put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    /** The status of an answer, whatever it is. */
    public int status(String path) throws IOException, InterruptedException {
        return CLIENT.send(request("GET", path, ""), BodyHandlers.discarding()).statusCode();
    }

    /** An answer as text. */
    public String text(String path, String... headers) {
        try {
            return CLIENT.send(request("GET", path, "", headers), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The lines of an answer that does not end by itself. */
    public Stream<String> lines(String path) {
        try {
            return CLIENT.send(request("GET", path, ""), BodyHandlers.ofLines()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode send(String method, String path, String body, String... headers) {
        try {
            HttpResponse<String> response =
                    CLIENT.send(request(method, path, body, headers), BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        method + " " + path + ": " + response.statusCode() + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.build();
    }
}
