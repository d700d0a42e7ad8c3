package io.trekpoint.api.entrance;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The lines of the access log, from now on until it is closed. */
final class AccessLines implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger log = Logger.getLogger("io.trekpoint.access");
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

    AccessLines() {
        log.addHandler(handler);
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
