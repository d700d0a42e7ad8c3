package io.trekpoint.lanes.mirror;

import io.trekpoint.lanes.guard.PromptHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The control state as the control service answers it: {@code GET /v1/state}. */
final class ControlServiceSource implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ControlServiceSource.class);
    private static final Duration CONNECT_DEADLINE = Duration.ofMillis(500);
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final long LARGEST_STATE_BYTES = 32L * 1024 * 1024;

    private final URI state;
    private final Path keyFile;
    private final PromptHttp http = new PromptHttp(CONNECT_DEADLINE, DEADLINE);

    private ControlServiceSource(URI state, Path keyFile) {
        this.state = state;
        this.keyFile = keyFile;
    }

    /** The source that a configuration names; empty where it names no URL or no key file. */
    static Optional<ControlServiceSource> of(MirrorConfig config) {
        return config.controlUrl()
                .flatMap(url ->
                        config.controlKeyFile()
                                .map(file ->
                                        new ControlServiceSource(
                                                URI.create(withoutSlash(url) + "/v1/state"),
                                                file)));
    }

    /**
     * The whole state.
     *
     * @return empty where the service does not answer with one
     * @throws InterruptedException when the caller is being closed
     */
    Optional<Fill> load(ControlState lastGood) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(state)
                            .header("X-API-Key", Files.readString(keyFile).strip())
                            .header("Accept", "application/json")
                            .build();
            HttpResponse<byte[]> response = http.ask(request, LARGEST_STATE_BYTES);
            if (response.statusCode() != 200) {
                LOG.debugf("control service answered %d", response.statusCode());
                return Optional.empty();
            }
            String text = new String(response.body(), StandardCharsets.UTF_8);
            return Optional.of(
                    StateDocument.decode(EntryCodec.parse("control state", text), lastGood));
        } catch (IOException | IllegalArgumentException | UnreadableException e) {
            LOG.debugf("control service as a source: %s", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private static String withoutSlash(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
