package io.trekpoint.bench.control;

import io.trekpoint.bench.report.Table;
import io.trekpoint.bench.service.Wrk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One flag of the same rule, evaluated over HTTP: by OFREP, and by the frontend API of Unleash. The
 * two take turns, so that whatever else the machine does falls on both.
 */
final class OfrepRace {
    static final String UNLEASH_PATH = "/api/frontend?userId=u1&properties%5Btier%5D=pro";
    private static final String FLAG =
            """
            {"definition":{"state":"ENABLED","variants":{"on":true,"off":false},
            "defaultVariant":"off",
            "targeting":{"if":[{"in":[{"var":"tier"},["pro"]]},"on","off"]}},"reason":"bench"}\
            """;
    private static final int WARM_UP_SECONDS = 15;
    private static final int SECONDS = 10;
    private static final double WANTED = 5;

    private final List<Wrk.Load> ours = new ArrayList<>();
    private final List<Wrk.Load> theirs = new ArrayList<>();

    void run(Wrk wrk, House house, Unleash unleash, int rounds) {
        house.asOperator().put("/v1/flags/trail", FLAG, "If-None-Match", "*");
        String ofrep = house.control().url() + "/ofrep/v1/evaluate/flags/trail";
        String post =
                """
                wrk.method = 'POST'
                wrk.body = '{"context":{"targetingKey":"u1","tier":"pro"}}'
                wrk.headers['Content-Type'] = 'application/json'
                wrk.headers['Authorization'] = 'Bearer %s'
                """
                        .formatted(house.reader());
        String get = "wrk.headers['Authorization'] = '%s'".formatted(unleash.token());
        wrk.run(ofrep, post, WARM_UP_SECONDS);
        wrk.run(unleash.url() + UNLEASH_PATH, get, WARM_UP_SECONDS);
        for (int round = 0; round < rounds; round++) {
            ours.add(wrk.run(ofrep, post, SECONDS));
            theirs.add(wrk.run(unleash.url() + UNLEASH_PATH, get, SECONDS));
        }
    }

    Table table() {
        Table table = new Table("one flag over HTTP", "requests/s", "p50, ms", "p99, ms");
        row(table, "OFREP, control-service", ours);
        row(table, "frontend API, Unleash 8.2.0", theirs);
        return table;
    }

    void targets(Table targets) {
        double times =
                Wrk.Load.median(ours, Wrk.Load::perSecond)
                        / Wrk.Load.median(theirs, Wrk.Load::perSecond);
        boolean sooner =
                Wrk.Load.median(ours, Wrk.Load::p99Millis)
                        <= Wrk.Load.median(theirs, Wrk.Load::p99Millis);
        targets.row(
                "OFREP ≥ 5 × Unleash at equal or better p99",
                String.format(Locale.ROOT, "%.1f ×, p99 %s", times, sooner ? "better" : "worse"),
                times >= WANTED && sooner ? "met" : "MISSED");
    }

    private static void row(Table table, String who, List<Wrk.Load> loads) {
        table.row(
                who,
                String.format(Locale.ROOT, "%.0f", Wrk.Load.median(loads, Wrk.Load::perSecond)),
                String.format(Locale.ROOT, "%.2f", Wrk.Load.median(loads, Wrk.Load::medianMillis)),
                String.format(Locale.ROOT, "%.2f", Wrk.Load.median(loads, Wrk.Load::p99Millis)));
    }
}
