package io.trekpoint.bench.gpx;

import io.trekpoint.lanes.job.JobFinisher;
import io.trekpoint.worker.gpx.read.GpxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * The other end of a {@link WarmJvm}. For each line on standard input, "work, space, file", does
 * the work once and answers with a line: the nanoseconds of CPU that the whole process has taken
 * meanwhile, compilers and garbage collection included, those that have passed, and the outcome.
 */
final class WorkLoop {

    private WorkLoop() {}

    /**
     * Answers until standard input ends.
     *
     * @param args {@code keep} where outputs are to be kept, compressed, as a worker keeps them
     *     until Redis has them; nothing where they go nowhere
     */
    public static void main(String[] args) throws IOException {
        boolean keep = args.length > 0;
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            int space = line.indexOf(' ');
            var work = Work.valueOf(line.substring(0, space));
            var file = Path.of(line.substring(space + 1));
            long cpu = processCpu();
            long began = System.nanoTime();
            String outcome = outcome(work, file, keep);
            long passed = System.nanoTime() - began;
            System.out.println(processCpu() - cpu + " " + passed + " " + outcome);
        }
    }

    private static String outcome(Work work, Path file, boolean keep) throws IOException {
        try {
            if (keep) {
                keep(work, file);
            } else {
                work.run(file, OutputStream.nullOutputStream());
            }
            return Lap.DONE;
        } catch (GpxException e) {
            return e.code().name();
        } catch (OutOfMemoryError | StackOverflowError e) {
            return e.getClass().getSimpleName();
        }
    }

    private static void keep(Work work, Path file) throws IOException {
        var chunks = new ArrayList<byte[]>();
        try (var out = JobFinisher.collect(chunks)) {
            work.run(file, out);
        }
    }

    private static long processCpu() {
        var system =
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return system.getProcessCpuTime();
    }
}
