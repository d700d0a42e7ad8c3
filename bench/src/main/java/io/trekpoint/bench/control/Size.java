package io.trekpoint.bench.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.bench.report.Table;
import io.trekpoint.bench.service.Http;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.Head;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.MirrorFixture;
import io.trekpoint.lanes.mirror.Revision;
import io.trekpoint.lanes.mirror.Write;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A control state of 10 000 flags, each with a targeting of three conditions and a split, and 1 000
 * settings: how long a cold mirror takes to fill, what it holds in memory, and how long a change
 * takes then.
 */
final class Size {
    private static final int FLAGS = 10_000;
    private static final int SETTINGS = 1_000;
    private static final int BATCH = 500;
    private static final int ROUNDS = 5;
    private static final int CHANGES = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private double fillMillis;
    private double mebibytes;
    private double changeMillis;

    void run() throws IOException, InterruptedException {
        try (RedisServer redis = RedisServer.start();
                LaneFixture fixture = new LaneFixture(redis)) {
            Lane lane = fixture.lane(LaneName.CONTROL, Duration.ofSeconds(10));
            ControlJournal journal = new ControlJournal(lane);
            Head head = write(journal, entries(), new Head("", 0, ""));
            for (int i = 0; i < ROUNDS; i++) {
                measureFill(fixture, lane, head);
            }
            measureChanges(fixture, lane, journal, head);
        }
    }

    Table table() {
        Table table = new Table("10 000 flags, 1 000 settings", "measured");
        table.row("a cold mirror fills, ms", Spread.number(fillMillis));
        table.row("a mirror holds, MiB", Spread.number(mebibytes));
        table.row(
                "a change is known after, ms (longest of %d)".formatted(CHANGES),
                Spread.number(changeMillis));
        return table;
    }

    void targets(Table targets) {
        Spread.most(targets, "10 000 flags: a cold mirror ≤ 1 000 ms", fillMillis, 1_000);
        Spread.most(targets, "10 000 flags: ≤ 64 MiB for each service", mebibytes, 64);
        Spread.most(targets, "10 000 flags: a change ≤ 50 ms", changeMillis, 50);
    }

    /**
     * The last of a few counts: a service that starts has compiled nothing, so the first is said
     * too.
     */
    private void measureFill(LaneFixture fixture, Lane lane, Head head)
            throws InterruptedException {
        long before = used();
        long began = System.nanoTime();
        try (Mirror mirror = MirrorFixture.start(fixture, lane)) {
            if (!mirror.awaitRevision(head.revision(), PATIENCE)) {
                throw new IllegalStateException("the mirror does not fill");
            }
            double millis = (System.nanoTime() - began) / 1e6;
            fillMillis = Math.max(fillMillis, millis);
            mebibytes = Math.max(mebibytes, (used() - before) / 1048576.0);
            if (mirror.current().state().flags().size() != FLAGS) {
                throw new IllegalStateException("flags are missing");
            }
        }
    }

    private void measureChanges(LaneFixture fixture, Lane lane, ControlJournal journal, Head head)
            throws IOException, InterruptedException {
        try (Mirror mirror = MirrorFixture.start(fixture, lane)) {
            mirror.awaitRevision(head.revision(), PATIENCE);
            // In a service that has run for a while the state is old, and not copied any more.
            System.gc();
            Head last = head;
            for (int i = 0; i < CHANGES; i++) {
                List<Write> change = List.of(flag(i, last.revision() + 1));
                long began = System.nanoTime();
                last = write(journal, change, last);
                if (!mirror.awaitRevision(last.revision(), PATIENCE)) {
                    throw new IllegalStateException("the mirror does not follow");
                }
                changeMillis = Math.max(changeMillis, (System.nanoTime() - began) / 1e6);
            }
        }
    }

    private static List<Write> entries() throws IOException {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < FLAGS; i++) {
            writes.add(flag(i, 1));
        }
        for (int i = 0; i < SETTINGS; i++) {
            String json = "{\"value\":{\"default\":%d},".formatted(i) + change(1) + "}";
            writes.add(new Write(Kind.SETTING, "bench.setting-" + i, Http.JSON.readTree(json)));
        }
        return writes;
    }

    private static Write flag(int number, long revision) throws IOException {
        JsonNode json = Http.JSON.readTree(flag(number % 20) + change(revision) + "}");
        return new Write(Kind.FLAG, "bench.flag-" + number, json);
    }

    private static Head write(ControlJournal journal, List<Write> writes, Head from) {
        Head head = from;
        for (int i = 0; i < writes.size(); i += BATCH) {
            Head next = new Head("bench", head.revision() + 1, "h" + (head.revision() + 1));
            Revision revision =
                    new Revision(
                            head,
                            next,
                            writes.subList(i, Math.min(i + BATCH, writes.size())),
                            audit());
            if (!journal.append(revision)) {
                throw new IllegalStateException("the revision was not made");
            }
            head = next;
        }
        return head;
    }

    private static String audit() {
        ObjectNode audit = Http.JSON.createObjectNode();
        return audit.put("reason", "bench").toString();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String change(long revision) {
        return "\"revision\":%d,\"actor\":\"bench\",\"reason\":\"bench\",\"at\":\"2026-01-02T03:04:05Z\""
                .formatted(revision);
    }

    private static String flag(int team) {
        return """
        {"definition":{"state":"ENABLED","variants":{"on":true,"off":false},
        "defaultVariant":"off","targeting":{"if":[{"and":[{"in":[{"var":"tier"},["pro","partner"]]},
        {">=":[{"var":"age"},18]},{"ends_with":[{"var":"mail"},"@example.com"]}]},
        {"fractional":[["on",10],["off",90]]},"off"]},
        "metadata":{"trek.owner":"team-%d","trek.public":false}},"killed":false,\
        """
                .formatted(team);
    }
}
