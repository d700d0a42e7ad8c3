package io.trekpoint.bench.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.bench.report.Table;
import io.trekpoint.bench.service.Http;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.MirrorFixture;
import io.trekpoint.lanes.redis.LaneFixture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * How long after the answer to a write its value is everywhere: in the three services, each asked
 * every millisecond which revision it goes by, and in ten mirrors besides; and with a client of the
 * event stream that evaluates again when it is told to.
 */
final class Spread implements AutoCloseable {
    private static final int MIRRORS = 10;
    private static final int CHANGES = 200;

    /** Until the services have compiled what a change takes: 20 s. */
    private static final int WARM_UP = 2_000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long POLL_NANOS = 1_000_000;
    private static final String FLAG =
            """
            {"definition":{"state":"ENABLED","variants":{"a":%d,"b":0},"defaultVariant":"a"},
            "reason":"bench"}\
            """;

    private final House house;
    private final List<LaneFixture> lanes = new ArrayList<>();
    private final List<Mirror> mirrors = new ArrayList<>();
    private final List<Probe> services = new ArrayList<>();
    private final ConcurrentSkipListMap<Long, Long> refetchedAt = new ConcurrentSkipListMap<>();
    private final List<Double> everywhere = new ArrayList<>();
    private final List<Double> browser = new ArrayList<>();

    Spread(House house) {
        this.house = house;
        for (int i = 0; i < MIRRORS; i++) {
            LaneFixture fixture = new LaneFixture(house.redis());
            lanes.add(fixture);
            mirrors.add(MirrorFixture.start(fixture, fixture.lane(LaneName.CONTROL)));
        }
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        for (Http service : house.all()) {
            services.add(new Probe(service.url()));
        }
        house.asOperator().put("/v1/flags/spread", FLAG.formatted(0), "If-None-Match", "*");
        Thread listener = Thread.ofVirtual().start(this::listen);
        try (ExecutorService watchers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 1; i <= WARM_UP + CHANGES; i++) {
                change(i, watchers, i > WARM_UP);
            }
        } finally {
            listener.interrupt();
        }
    }

    Table table() {
        Table table = new Table("from a write's answer on, ms", "p50", "p99", "longest");
        row(table, "served by three services, known to %d mirrors".formatted(MIRRORS), everywhere);
        row(table, "evaluated again by a client of the event stream", browser);
        return table;
    }

    void targets(Table targets) {
        most(targets, "a change is everywhere: p99 ≤ 20 ms", percentile(everywhere, 99), 20);
        most(targets, "a browser has it: p99 ≤ 300 ms", percentile(browser, 99), 300);
    }

    @Override
    public void close() {
        services.forEach(Probe::close);
        mirrors.forEach(Mirror::close);
        lanes.forEach(LaneFixture::close);
    }

    private void change(int value, ExecutorService watchers, boolean counts)
            throws InterruptedException, ExecutionException {
        JsonNode made =
                house.asOperator().put("/v1/flags/spread", FLAG.formatted(value), "If-Match", "*");
        long answered = System.nanoTime();
        long revision = made.path("revision").asLong();
        List<Future<Long>> seen = new ArrayList<>();
        for (Probe service : services) {
            seen.add(watchers.submit(() -> servedAt(service, revision)));
        }
        for (Mirror mirror : mirrors) {
            seen.add(
                    watchers.submit(() -> {
                        if (!mirror.awaitRevision(revision, PATIENCE)) {
                            throw new IllegalStateException("a mirror is late");
                        }
                        return System.nanoTime();
                    }));
        }
        long last = 0;
        for (Future<Long> future : seen) {
            last = Math.max(last, future.get() - answered);
        }
        long evaluated = refetched(value) - answered;
        if (counts) {
            everywhere.add(last / 1e6);
            browser.add(Math.max(0, evaluated) / 1e6);
        }
    }

    private static long servedAt(Probe service, long revision) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            if (service.revision() >= revision) {
                return System.nanoTime();
            }
            // Three that ask without a pause keep both cores from the services they ask.
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IllegalStateException(service + " is late");
    }

    private long refetched(long value) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        synchronized (refetchedAt) {
            while (refetchedAt.ceilingEntry(value) == null) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new IllegalStateException("the event stream is late");
                }
                try {
                    refetchedAt.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
            return refetchedAt.ceilingEntry(value).getValue();
        }
    }

    /** Does as a client in a browser: the stream says when, the answer says what. */
    private void listen() {
        Http reader = house.asReader();
        try (Stream<String> lines = reader.lines("/ofrep/v1/events")) {
            lines.filter(line -> line.startsWith("data"))
                    .forEach(_ -> {
                        long value =
                                reader.post("/ofrep/v1/evaluate/flags/spread", "{}")
                                        .path("value")
                                        .asLong();
                        synchronized (refetchedAt) {
                            refetchedAt.putIfAbsent(value, System.nanoTime());
                            refetchedAt.notifyAll();
                        }
                    });
        } catch (RuntimeException e) {
            // The measurement is over, or says that the stream is late.
        }
    }

    private static void row(Table table, String what, List<Double> millis) {
        table.row(
                what,
                number(percentile(millis, 50)),
                number(percentile(millis, 99)),
                number(percentile(millis, 100)));
    }

    static void most(Table targets, String target, double value, double wanted) {
        targets.row(target, number(value), value <= wanted ? "met" : "MISSED");
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static double percentile(List<Double> values, int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(1, rank) - 1);
    }
}
