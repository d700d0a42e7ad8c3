package io.trekpoint.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void linesColumnsUpAndSetsNumbersRight() {
        var table = new Table("who", "MB/s", "why");
        table.row("ours", "123.4", "");
        table.row("another: skipped", "–", "no such package");

        assertThat(table.markdown())
                .isEqualTo(
                        """
                        | who              |  MB/s | why             |
                        |------------------|------:|-----------------|
                        | ours             | 123.4 |                 |
                        | another: skipped |     – | no such package |
                        """);
    }

    @Test
    void refusesARowThatIsTooShort() {
        var table = new Table("one", "two");

        assertThatThrownBy(() -> table.row("alone")).isInstanceOf(IllegalArgumentException.class);
    }
}
