package io.trekpoint.lanes.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.guard.Lane;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A clock in Redis that a test sets, and scripts that go by it where they would ask for TIME. */
public final class RedisClock {
    private static final long MICROS_A_SECOND = 1_000_000;
    private static final String KEY = "clock";
    private static final Pattern TIME = Pattern.compile("(?:redis\\.)?call\\('TIME'\\)");
    private static final String SET_TIME =
            "redis.call('HMGET', '" + KEY + "', 'seconds', 'micros')";

    private final Lane lane;

    /** A clock that has to be set before a script asks for it. */
    public RedisClock(Lane lane) {
        this.lane = lane;
    }

    /** A script, with all its parts, that goes by such a clock. */
    public static Script load(String name) {
        Matcher time = TIME.matcher(Script.load(name).text());
        assertThat(time.results()).as("how often %s asks for the time", name).hasSize(1);
        return new Script(time.replaceAll(SET_TIME));
    }

    /**
     * Sets the clock.
     *
     * @param micros since 1970. Redis goes on to expire keys by its own clock: a time before that
     *     one loses them
     */
    public void set(long micros) {
        lane.send(
                Request.cmd(Command.HSET)
                        .arg(KEY)
                        .arg("seconds")
                        .arg(micros / MICROS_A_SECOND)
                        .arg("micros")
                        .arg(micros % MICROS_A_SECOND),
                Lane.Access.WRITE);
    }
}
