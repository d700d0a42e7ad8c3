package io.trekpoint.lanes.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.guard.Lane;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How many commands Redis carries out for a job, those inside scripts included. Time on a test
 * machine says little; this is what the protocol itself decides.
 */
class JobCostTest {
    private static final Pattern CALLS = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");
    private static final int JOBS = 200;
    private static final int BATCH = 10;

    private JobFixture jobs;

    @BeforeEach
    void start() {
        jobs = new JobFixture(1);
    }

    @AfterEach
    void stop() {
        jobs.close();
    }

    @Test
    void submitsAJobWithFewCommandsInOneRoundTrip() {
        jobs.submit("warm", Tier.PARTNER);
        jobs.command("CONFIG RESETSTAT");
        submitAll();
        assertThat(perJob("evalsha")).isEqualTo(1);
        assertThat(perJob("set")).as("the input travels along").isEqualTo(1);
        assertThat(allPerJob()).as("%s", calls()).isLessThanOrEqualTo(16);
    }

    @Test
    void endsAndClaimsABatchWithFewCommandsInOneRoundTrip() {
        submitAll();
        List<ClaimedJob> held = jobs.claim(BATCH);
        jobs.command("CONFIG RESETSTAT");
        int ended = 0;
        while (!held.isEmpty()) {
            List<Attempt> attempts = new ArrayList<>();
            held.forEach(job -> attempts.add(new Attempt(job, JobFixture.success("done"), "")));
            ended += attempts.size();
            held = jobs.finisher().finish(jobs.shard, attempts, JobClaimer.tokens(BATCH)).claimed();
        }
        assertThat(ended).isEqualTo(JOBS);
        assertThat(perJob("evalsha")).isEqualTo(1.0 / BATCH);
        assertThat(allPerJob()).as("%s", calls()).isLessThanOrEqualTo(8);
    }

    private void submitAll() {
        for (int i = 0; i < JOBS; i++) {
            jobs.submit("client" + i % 20, Tier.PARTNER);
        }
    }

    private double perJob(String command) {
        return calls().getOrDefault(command, 0) / (double) JOBS;
    }

    private double allPerJob() {
        return calls().values().stream().mapToInt(calls -> calls).sum() / (double) JOBS;
    }

    private Map<String, Integer> calls() {
        Request info = Request.cmd(Command.INFO).arg("commandstats");
        String text = String.valueOf(jobs.lane.send(info, Lane.Access.READ));
        Map<String, Integer> calls = new HashMap<>();
        for (Matcher line = CALLS.matcher(text); line.find(); ) {
            calls.put(line.group(1), Integer.valueOf(line.group(2)));
        }
        return calls;
    }
}
