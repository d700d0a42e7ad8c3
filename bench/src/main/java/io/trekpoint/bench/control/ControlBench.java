package io.trekpoint.bench.control;

import io.smallrye.faulttolerance.standalone.StandaloneFaultTolerance;
import io.trekpoint.bench.report.Table;
import io.trekpoint.bench.service.Wrk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./trek bench control}: OFREP beside Unleash, how changes spread, and large states. */
public final class ControlBench {
    private static final int ROUNDS = 5;

    private ControlBench() {}

    /**
     * Measures.
     *
     * @param args the file to write to, a directory to work in, the root of the checkout; then
     *     {@code wrk} and, if Unleash could be had, the directory of its modules, that of
     *     PostgreSQL's programs, an empty directory for its data, and what goes before its command
     *     lines; else {@code !} and why not
     */
    public static void main(String[] args) throws Exception {
        try {
            measure(args);
        } finally {
            // Lanes have started its timer, which would keep this process.
            StandaloneFaultTolerance.shutdown();
        }
    }

    private static void measure(String[] args) throws Exception {
        Path results = Path.of(args[0]);
        Path work = Path.of(args[1]);
        Path root = Path.of(args[2]);
        Table targets = new Table("target", "measured", "");
        List<String> tables = new ArrayList<>();

        say("how a large state fills a mirror");
        Size size = new Size();
        size.run();
        tables.add(size.table().markdown());

        say("how a change spreads");
        try (House house = new House(root, work, 3);
                Spread spread = new Spread(house)) {
            spread.run();
            tables.addFirst(spread.table().markdown());
            spread.targets(targets);
        }
        size.targets(targets);
        race(args, work, root, targets, tables);
        Files.writeString(results, targets.markdown() + "\n" + String.join("\n", tables));
    }

    private static void race(
            String[] args, Path work, Path root, Table targets, List<String> tables) {
        if (args[3].startsWith("!")) {
            targets.row("OFREP ≥ 5 × Unleash", "– (skipped: " + args[3].substring(1) + ")", "");
            return;
        }
        say("OFREP beside Unleash");
        String user = args.length > 7 ? args[7] : "";
        try (House house = new House(root, work, 1);
                Unleash unleash =
                        new Unleash(
                                Path.of(args[4]), Path.of(args[5]), user, Path.of(args[6]), work)) {
            OfrepRace race = new OfrepRace();
            race.run(new Wrk(Path.of(args[3]), work), house, unleash, ROUNDS);
            race.targets(targets);
            tables.addFirst(race.table().markdown());
        }
    }

    private static void say(String what) {
        System.out.println("  " + what);
    }
}
