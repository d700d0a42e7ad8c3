package io.trekpoint.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Markdown table whose columns line up, so that it can be read in a terminal too. The first
 * column is set left, the others right where all of their cells begin with a digit or a dash.
 */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table without rows.
     *
     * @param headings one for each column
     */
    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /**
     * Appends a row.
     *
     * @param cells one for each column; Markdown of one line
     */
    public void row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException("a cell for each column: " + List.of(cells));
        }
        rows.add(List.of(cells));
    }

    /** The table's Markdown, with a line break at its end. */
    public String markdown() {
        int columns = rows.getFirst().size();
        int[] widths = IntStream.range(0, columns).map(this::width).toArray();
        boolean[] right = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            right[column] = column > 0 && isNumeric(column);
        }
        var text = new StringBuilder(line(rows.getFirst(), widths, right));
        text.append(
                IntStream.range(0, columns)
                        .mapToObj(i -> "-".repeat(widths[i] + 1) + (right[i] ? ":" : "-"))
                        .collect(Collectors.joining("|", "|", "|\n")));
        rows.stream().skip(1).forEach(row -> text.append(line(row, widths, right)));
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.stream()
                .skip(1)
                .map(row -> row.get(column))
                .allMatch(cell -> cell.isEmpty() || cell.matches("[\\d–].*"));
    }

    private static String line(List<String> row, int[] widths, boolean[] right) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> padded(row.get(i), widths[i], right[i]))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String padded(String cell, int width, boolean right) {
        String space = " ".repeat(width - cell.length());
        return right ? space + cell : cell + space;
    }
}
