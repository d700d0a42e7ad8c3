package io.trekpoint.bench.gateway;

import io.trekpoint.bench.report.Table;
import io.trekpoint.bench.service.Wrk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Contenders take turns under the same load, so that whatever else the machine does falls on all.
 */
final class RequestRace {
    private static final int WARM_UP_SECONDS = 60;
    private static final int SECONDS = 10;

    private final Wrk wrk;
    private final Path work;
    private final Map<String, Contender> contenders = new LinkedHashMap<>();

    private record Contender(String url, String script, List<Wrk.Load> loads) {}

    RequestRace(Wrk wrk, Path work) {
        this.wrk = wrk;
        this.work = work;
    }

    void add(String name, String url, Requests requests) {
        contenders.put(name, new Contender(url, requests.atRandom(work), new ArrayList<>()));
    }

    void run(int rounds) {
        contenders.forEach((name, it) -> note(name, wrk.run(it.url, it.script, WARM_UP_SECONDS)));
        for (int round = 0; round < rounds; round++) {
            contenders.forEach((name, it) -> {
                Wrk.Load load = wrk.run(it.url, it.script, SECONDS);
                note(name, load);
                it.loads.add(load);
            });
        }
    }

    double median(String name, ToDoubleFunction<Wrk.Load> of) {
        Contender contender = contenders.get(name);
        if (contender == null) {
            throw new IllegalArgumentException("nobody is called " + name);
        }
        return Wrk.Load.median(contender.loads, of);
    }

    Table table(String what) {
        Table table = new Table(what, "requests/s", "p50, ms", "p99, ms");
        contenders
                .keySet()
                .forEach(name ->
                        table.row(
                                name,
                                number("%.0f", median(name, Wrk.Load::perSecond)),
                                number("%.2f", median(name, Wrk.Load::medianMillis)),
                                number("%.2f", median(name, Wrk.Load::p99Millis))));
        return table;
    }

    static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static void note(String name, Wrk.Load load) {
        System.out.println(
                number("    %6.0f/s", load.perSecond())
                        + number(", p99 %6.2f ms: ", load.p99Millis())
                        + name);
    }
}
