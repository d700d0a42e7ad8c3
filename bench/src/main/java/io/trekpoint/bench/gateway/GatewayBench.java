package io.trekpoint.bench.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.smallrye.faulttolerance.standalone.StandaloneFaultTolerance;
import io.trekpoint.bench.report.Table;
import io.trekpoint.bench.service.Wrk;
import io.trekpoint.lanes.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code ./trek bench gateway}: limited requests beside Spring Cloud Gateway, what limits cost,
 * what is left of them while Redis hangs, and what many callers take.
 */
public final class GatewayBench {
    private static final int ROUNDS = 5;
    private static final int OUTAGES = 3;
    private static final String CHARGED = "Trek Point, a look at a job (charged)";
    private static final String LOOK_AT_ONESELF =
            "Trek Point, GET /v1/me (limits asked, not charged)";
    private static final String SPRING = "Spring Cloud Gateway 5.0.0, RequestRateLimiter";
    private static final String UNLIMITED = "Trek Point, a look at a job without limits";
    private static final double TIMES_SPRING = 2;
    private static final double SHARE_OF_UNLIMITED = 0.4;

    private final Path root;
    private final Path work;
    private final Wrk wrk;
    private final String spring;
    private final int rounds;
    private final Table targets = new Table("target", "measured", "");
    private final List<Table> tables = new ArrayList<>();

    private GatewayBench(Path root, Path work, Wrk wrk, String spring, int rounds) {
        this.root = root;
        this.work = work;
        this.wrk = wrk;
        this.spring = spring;
        this.rounds = rounds;
    }

    /**
     * Measures.
     *
     * @param args the file to write to, a directory to work in, the root of the checkout, {@code
     *     wrk}, the directory of Spring Cloud Gateway, or for each of the two {@code !why it cannot
     *     be had}; then {@code --rounds n}
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path results = Path.of(args[0]);
        Path work = Path.of(args[1]);
        if (args[3].startsWith("!")) {
            Table skipped = new Table("target", "measured", "");
            skipped.row("all", "– (skipped: " + args[3].substring(1) + ")", "");
            Files.writeString(results, skipped.markdown());
            return;
        }
        int rounds = args.length > 6 ? Integer.parseInt(args[6]) : ROUNDS;
        Wrk wrk = new Wrk(Path.of(args[3]), work);
        try {
            GatewayBench bench = new GatewayBench(Path.of(args[2]), work, wrk, args[4], rounds);
            bench.run();
            Files.writeString(results, bench.markdown());
        } finally {
            // Lanes have started its timer, which would keep this process.
            StandaloneFaultTolerance.shutdown();
        }
    }

    private void run() {
        try (RedisServer limits = RedisServer.start();
                Gateway gateway = new Gateway(root, work, limits.url(), Map.of())) {
            Requests looks = gateway.looksAtJobs("limited");
            race(gateway, looks, limits);
            cost(gateway, looks);
            say("the Redis of limits hangs");
            Outage outage = new Outage(wrk);
            outage.run(gateway.url(), looks, limits, work, Math.min(OUTAGES, rounds));
            outage.targets(targets);
            tables.add(outage.table());
        }
        say("100 000 callers");
        Crowd crowd = new Crowd();
        crowd.run(wrk, root, work);
        crowd.targets(targets);
        tables.add(crowd.table());
    }

    private void race(Gateway gateway, Requests looks, RedisServer limits) {
        String target = "requests/s ≥ 2 × Spring Cloud Gateway's, at a lower p99";
        if (spring.startsWith("!")) {
            targets.row(target, "– (skipped: " + spring.substring(1) + ")", "");
            return;
        }
        say("beside Spring Cloud Gateway");
        String[] first = looks.lines().getFirst().split(" ", 2);
        String answer = gateway.http().text(first[1], "X-API-Key", first[0]);
        try (SpringGateway peer =
                new SpringGateway(Path.of(spring), work, limits, gateway.keys(), answer)) {
            RequestRace race = new RequestRace(wrk, work);
            race.add(CHARGED, gateway.url(), looks);
            race.add(LOOK_AT_ONESELF, gateway.url(), Requests.of("self", gateway.keys(), "/v1/me"));
            race.add(SPRING, peer.url(), Requests.of("spring", gateway.keys(), "/v1/me"));
            race.run(rounds);
            double times = times(race, CHARGED);
            boolean sooner = sooner(race, CHARGED);
            targets.row(
                    target,
                    ratio(times, sooner),
                    times >= TIMES_SPRING && sooner ? "met" : "MISSED");
            targets.row(
                    "(does not count: GET /v1/me, which asks for limits and is not limited)",
                    ratio(times(race, LOOK_AT_ONESELF), sooner(race, LOOK_AT_ONESELF)),
                    "–");
            tables.add(race.table("authenticated, limited requests"));
        }
    }

    private static double times(RequestRace race, String ours) {
        return race.median(ours, Wrk.Load::perSecond) / race.median(SPRING, Wrk.Load::perSecond);
    }

    private static boolean sooner(RequestRace race, String ours) {
        return race.median(ours, Wrk.Load::p99Millis) < race.median(SPRING, Wrk.Load::p99Millis);
    }

    private static String ratio(double times, boolean sooner) {
        return RequestRace.number("%.2f ×, p99 ", times) + (sooner ? "lower" : "higher");
    }

    /** Nobody listens where the second one looks for limits, and they are set to admit then. */
    private void cost(Gateway gateway, Requests looks) {
        say("what limits cost");
        String nowhere = "redis://127.0.0.1:" + RedisServer.freePort();
        Map<String, JsonNode> admitting =
                Map.of(
                        "limits.burst.without-redis", TextNode.valueOf("ADMIT"),
                        "limits.hour.without-redis", TextNode.valueOf("ADMIT"));
        try (Gateway unlimited = new Gateway(root, work, nowhere, admitting)) {
            RequestRace race = new RequestRace(wrk, work);
            race.add(CHARGED, gateway.url(), looks);
            race.add(UNLIMITED, unlimited.url(), unlimited.looksAtJobs("unlimited"));
            race.run(rounds);
            double share =
                    race.median(CHARGED, Wrk.Load::perSecond)
                            / race.median(UNLIMITED, Wrk.Load::perSecond);
            targets.row(
                    "with limits ≥ 40 % of the requests/s without them",
                    RequestRace.number("%.0f %%", share * 100),
                    share >= SHARE_OF_UNLIMITED ? "met" : "MISSED");
            tables.add(race.table("what limits cost"));
        }
    }

    private String markdown() {
        StringBuilder markdown = new StringBuilder(targets.markdown());
        tables.forEach(table -> markdown.append('\n').append(table.markdown()));
        return markdown.toString();
    }

    private static void say(String what) {
        System.out.println("  " + what);
    }
}
