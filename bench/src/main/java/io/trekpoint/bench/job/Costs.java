package io.trekpoint.bench.job;

import io.trekpoint.bench.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the time of a job goes, contender by contender. */
final class Costs {
    private static final String SUBMIT = "submit";
    private static final String DONE = "done";

    private final Measured measured;

    Costs(Measured measured) {
        this.measured = measured;
    }

    /** One lap more of the contender. */
    void measure(Contender contender) {
        note(contender, SUBMIT, contender.costOfSubmits());
        note(contender, DONE, contender.costOfWork());
    }

    Table table(List<Contender> contenders) {
        Table table =
                new Table(
                        "for each job",
                        "submitted: client, µs of CPU",
                        "Redis, µs of CPU",
                        "scripts",
                        "commands",
                        "done, 10 at a time: client, µs of CPU",
                        "Redis, µs of CPU",
                        "scripts",
                        "commands");
        for (Contender contender : contenders) {
            List<String> row = new ArrayList<>(List.of(contender.label()));
            for (String step : List.of(SUBMIT, DONE)) {
                row.add(number("%.0f", contender, step + " client"));
                row.add(number("%.0f", contender, step + " redis"));
                row.add(number("%.1f", contender, step + " scripts"));
                row.add(number("%.1f", contender, step + " commands"));
            }
            table.row(row.toArray(String[]::new));
        }
        return table;
    }

    private void note(Contender contender, String step, Usage each) {
        measured.note(contender, step + " client", each.client());
        measured.note(contender, step + " redis", each.redis());
        measured.note(contender, step + " scripts", each.scripts());
        measured.note(contender, step + " commands", each.commands());
    }

    private String number(String format, Contender contender, String what) {
        return String.format(Locale.ROOT, format, measured.median(contender, what));
    }
}
