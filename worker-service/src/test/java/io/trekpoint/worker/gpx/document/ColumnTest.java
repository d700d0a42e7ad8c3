package io.trekpoint.worker.gpx.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ColumnTest {
    private static final int ROWS = 700;

    @Property
    void holdsWhatWasSetAndNothingElse(@ForAll("someRows") SortedMap<Integer, Double> rows) {
        var column = filled(rows);

        for (int row = 0; row < ROWS; row++) {
            assertThat(column.get(row)).isEqualTo(rows.getOrDefault(row, Double.NaN));
        }
    }

    @Property
    void partsAsItWasFilled(@ForAll("someRows") SortedMap<Integer, Double> rows) {
        var part = filled(rows).part(63, 400);

        for (int row = 0; row < 337; row++) {
            assertThat(part.get(row)).isEqualTo(rows.getOrDefault(row + 63, Double.NaN));
        }
        assertThat(part.isEmpty()).isEqualTo(rows.subMap(63, 400).isEmpty());
    }

    @Property(tries = 20)
    void takesTheLatestNumberOfTheLastRow(@ForAll("someRows") SortedMap<Integer, Double> rows) {
        var column = filled(rows);
        column.set(ROWS, 1);
        column.set(ROWS, 2);

        assertThat(column.get(ROWS)).isEqualTo(2);
    }

    @Provide
    Arbitrary<SortedMap<Integer, Double>> someRows() {
        return Arbitraries.maps(
                        Arbitraries.integers().between(0, ROWS - 1),
                        Arbitraries.doubles().between(-1e9, 1e9))
                .ofMaxSize(ROWS)
                .map(TreeMap::new);
    }

    private static Column filled(SortedMap<Integer, Double> rows) {
        var column = new Column();
        rows.forEach(column::set);
        return column;
    }
}
