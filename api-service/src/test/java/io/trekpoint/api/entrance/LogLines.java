package io.trekpoint.api.entrance;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The lines of a log category, from now on until it is closed. */
final class LogLines implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger log;
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    lines.addAll(entry.getMessage().lines().toList());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    private LogLines(String category) {
        log = Logger.getLogger(category);
        log.addHandler(handler);
    }

    /** Those of the access log. */
    static LogLines ofAccess() {
        return new LogLines("io.trekpoint.access");
    }

    /** Those in which the server speaks of requests that failed in it. */
    static LogLines ofFailures() {
        return new LogLines("io.quarkus.vertx.http.runtime.QuarkusErrorHandler");
    }

    /** Waits for a line with a text in it. */
    String with(String text) {
        await().until(() -> lines.stream().anyMatch(line -> line.contains(text)));
        return lines.stream().filter(line -> line.contains(text)).findFirst().orElseThrow();
    }

    /** All lines so far. */
    List<String> all() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        log.removeHandler(handler);
    }
}
