package io.trekpoint.api.entrance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.trekpoint.api.gateway.Call;
import io.trekpoint.lanes.guard.Loop;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jboss.logging.Logger;

/**
 * One line of JSON for each request that has ended, probes left out, in a log category of its own:
 * who asked for which route, and what came of it. Paths are told by their templates, callers by
 * their ids: no key, no token, no address and nothing of a query or a body is ever in it. Lines are
 * written within a few hundredths of a second, those of that time in one record.
 */
@Singleton
final class AccessLog {
    private static final Logger LOG = Logger.getLogger("io.trekpoint.access");
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator("\n").build();
    private static final String NO_ROUTE = "none";
    private static final String REFUSED = "refused";
    private static final double NANOS_PER_MILLI = 1e6;
    private static final Duration REST = Duration.ofMillis(50);

    /** Half a second's worth of a busy process. */
    private static final int MOST_LINES = 10_000;

    private final BlockingQueue<AccessLine> lines = new ArrayBlockingQueue<>(MOST_LINES);
    private final Counter lost;
    private final Loop loop;

    AccessLog(MeterRegistry meters) {
        lost =
                Counter.builder("trek.gateway.access.lost")
                        .description("Lines of the access log that its output was too slow for")
                        .register(meters);
        loop = Loop.start("access-log", this::writeOut);
    }

    void write(Call call, RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (!LOG.isInfoEnabled() || isProbe(routing.normalizedPath())) {
            return;
        }
        add(
                new AccessLine.Ended(
                        Instant.now(),
                        call.requestId(),
                        call.callerId().orElse(null),
                        request.method().name(),
                        call.route().orElseGet(() -> own(routing.normalizedPath())),
                        outcome(routing),
                        routing.response().getStatusCode(),
                        call.problem().orElse(null),
                        call.limitsMode().orElse(null),
                        request.bytesRead(),
                        routing.response().bytesWritten(),
                        Math.round(call.age() / NANOS_PER_MILLI * 10) / 10.0));
    }

    /** Writes of a head that never became a request: nothing in it is to be believed. */
    void writeUnread(Refusal refusal) {
        add(new AccessLine.Unread(Instant.now(), NO_ROUTE, REFUSED, refusal));
    }

    /** Writes what is left. */
    @PreDestroy
    void close() {
        loop.close();
        var _ = writeOut();
    }

    /** No request waits for an output that is slow or stuck. */
    private void add(AccessLine line) {
        if (!lines.offer(line)) {
            lost.increment();
        }
    }

    /** Many lines at once: to wake a writer for each would cost as much as what it tells of. */
    private Duration writeOut() {
        List<AccessLine> gathered = new ArrayList<>();
        lines.drainTo(gathered);
        if (!gathered.isEmpty()) {
            LOG.info(text(gathered));
        }
        return REST;
    }

    private static String text(List<AccessLine> lines) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            for (AccessLine line : lines) {
                line.write(json);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Asked every few seconds by machines, which hear what comes of it. */
    private static boolean isProbe(String path) {
        return path.startsWith("/q/health") || path.startsWith("/q/metrics");
    }

    /** The calls that the framework serves by itself have no template. */
    private static String own(String path) {
        return path.startsWith("/q/") ? "/q/" : NO_ROUTE;
    }

    /** An answer is also ended, by whoever was writing it, when its connection is gone. */
    private static String outcome(RoutingContext routing) {
        if (!routing.response().ended() || routing.response().closed()) {
            return "hung-up";
        }
        int status = routing.response().getStatusCode();
        return status < 400 ? "served" : status < 500 ? REFUSED : "failed";
    }
}
