package io.trekpoint.bench.job;

import io.trekpoint.lanes.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a program and its Redis have used so far.
 *
 * @param client CPU of the program and its children, µs
 * @param redis CPU of Redis, its background threads included, µs
 * @param scripts how many scripts it has run
 * @param commands how many commands it has run, those of scripts included
 */
record Usage(double client, double redis, double scripts, double commands) {
    private static final Pattern COMMAND = Pattern.compile("cmdstat_([^:]+):calls=([0-9]+)");

    /** By this process and this Redis, whose statistics begin with its start. */
    static Usage of(ProcessHandle process, RedisServer redis) {
        double scripts = 0;
        double commands = 0;
        String statistics = redis.infoOf("commandstats");
        for (MatchResult each : COMMAND.matcher(statistics).results().toList()) {
            double calls = Double.parseDouble(each.group(2));
            if (each.group(1).startsWith("eval")) {
                scripts += calls;
            } else {
                commands += calls;
            }
        }
        double seconds =
                Double.parseDouble(redis.info("used_cpu_user"))
                        + Double.parseDouble(redis.info("used_cpu_sys"));
        return new Usage(cpuOf(process), seconds * 1e6, scripts, commands);
    }

    /** What came on top since then, for each of so many jobs. */
    Usage since(Usage before, int jobs) {
        return new Usage(
                (client - before.client) / jobs,
                (redis - before.redis) / jobs,
                (scripts - before.scripts) / jobs,
                (commands - before.commands) / jobs);
    }

    /** Of those that are alive, and of the children that have ended. */
    private static double cpuOf(ProcessHandle process) {
        return cpu(process.pid())
                + process.descendants().mapToDouble(child -> cpu(child.pid())).sum();
    }

    /**
     * Times of {@code /proc/<pid>/stat} in hundredths of a second: utime, stime, cutime, cstime. Of
     * a child that has ended meanwhile none: its parent's have them from then on.
     */
    private static double cpu(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double hundredths = 0;
            for (int i = 11; i <= 14; i++) {
                hundredths += Double.parseDouble(fields[i]);
            }
            return hundredths * 1e4;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
