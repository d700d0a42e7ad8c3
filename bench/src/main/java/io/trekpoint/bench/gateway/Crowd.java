package io.trekpoint.bench.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.trekpoint.bench.report.Table;
import io.trekpoint.bench.service.Child;
import io.trekpoint.bench.service.Service;
import io.trekpoint.bench.service.Wrk;
import io.trekpoint.lanes.redis.RedisServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the gateway holds after 100 000 callers. All of them come within a minute, by keys of their
 * own, and their limits earn one request back in two: nothing that is kept of a caller lapses
 * meanwhile, as some would within the ten minutes that they may take.
 */
final class Crowd {
    private static final int CALLERS = 100_000;
    private static final int SECONDS = 60;
    private static final double MEBIBYTE = 1024 * 1024;
    private static final double MOST_MEBIBYTES = 256;
    private static final Map<String, JsonNode> LIMITS =
            Map.of(
                    "limits.burst.requests", IntNode.valueOf(30),
                    "limits.hour.requests", IntNode.valueOf(30));
    private static final Pattern HEAP =
            Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)$");
    private static final Pattern DECISIONS =
            Pattern.compile("(?m)^trek_limits_decisions_total\\{.*} (\\S+)$");

    private double requests;
    private double before;
    private double after;

    void run(Wrk wrk, Path root, Path work) {
        try (RedisServer redis = RedisServer.start();
                RedisServer limits = RedisServer.start()) {
            List<String> keys = Clients.write(redis, CALLERS, LIMITS);
            try (Service gateway = Gateway.start(root, work, redis, limits.url())) {
                before = heap(gateway, work);
                String look = Requests.of("crowd", keys, "/v1/jobs").inTurn(work);
                wrk.observe(gateway.http().url(), look, SECONDS);
                requests = sum(DECISIONS, gateway.http().text("/q/metrics"));
                after = heap(gateway, work);
                int counted = Integer.parseInt(limits.command("DBSIZE").substring(1));
                if (counted < CALLERS) {
                    throw new IllegalStateException(
                            "this machine is too slow: " + counted + " callers in a minute");
                }
            }
        }
    }

    Table table() {
        Table table = new Table("100 000 callers, each with a key", "measured");
        table.row("requests that the limits judged", RequestRace.number("%.0f", requests));
        table.row("heap before the first, MiB", RequestRace.number("%.1f", before));
        table.row("heap after the last, MiB", RequestRace.number("%.1f", after));
        return table;
    }

    void targets(Table targets) {
        targets.row(
                "100 000 callers within 256 MiB of heap",
                RequestRace.number("%.1f", after),
                after <= MOST_MEBIBYTES ? "met" : "MISSED");
    }

    /** MiB in use after a collection. */
    private static double heap(Service gateway, Path work) {
        Child.run(
                work.resolve("jcmd.log"),
                List.of(Child.tool("jcmd"), String.valueOf(gateway.process().pid()), "GC.run"));
        return sum(HEAP, gateway.http().text("/q/metrics")) / MEBIBYTE;
    }

    private static double sum(Pattern pattern, String metrics) {
        return pattern.matcher(metrics)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }
}
