package io.trekpoint.lanes.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

/** Runs the calendar of the limit script on days of its own choice. */
class LimitCalendarTest {
    private static final String EVERY_DAY =
            """
            local answer = {}
            for day = tonumber(ARGV[1]), tonumber(ARGV[2]) do
              local index = month_of(day)
              answer[#answer + 1] = month_name(index)
              answer[#answer + 1] = first_day(index + 1)
            end
            return answer
            """;

    @Test
    void knowsTheMonthOfEveryDayAsJavaDoes() throws IOException {
        long first = LocalDate.of(1970, 1, 1).toEpochDay();
        long last = LocalDate.of(2104, 12, 31).toEpochDay();
        Response answer;
        try (RedisServer redis = RedisServer.start();
                LaneFixture fixture = new LaneFixture(redis)) {
            Request eval =
                    Request.cmd(Command.EVAL)
                            .arg("local floor = math.floor\n" + calendar() + EVERY_DAY)
                            .arg(0)
                            .arg(first)
                            .arg(last);
            answer = fixture.lane(LaneName.LIMITS).send(eval, Lane.Access.READ);
        }
        for (long day = first; day <= last; day++) {
            int at = (int) (day - first) * 2;
            YearMonth month = YearMonth.from(LocalDate.ofEpochDay(day));
            assertThat(answer.get(at).toString()).isEqualTo(month.toString());
            assertThat(answer.get(at + 1).toLong())
                    .isEqualTo(month.plusMonths(1).atDay(1).toEpochDay());
        }
    }

    private static String calendar() throws IOException {
        try (InputStream in = LimitCalendarTest.class.getResourceAsStream("/lua/limit.lua")) {
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return script.substring(
                    script.indexOf("-- calendar: "), script.indexOf("-- calendar ends"));
        }
    }
}
