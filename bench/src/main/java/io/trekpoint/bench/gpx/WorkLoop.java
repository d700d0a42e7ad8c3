package io.trekpoint.bench.gpx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The other end of a {@link WarmJvm}. For each line on standard input, "work, space, file", does
 * the work once and answers with a line: the nanoseconds of CPU that the whole process has taken
 * meanwhile, compilers and garbage collection included, then those that have passed.
 */
final class WorkLoop {

    private WorkLoop() {}

    /** Answers until standard input ends. */
    public static void main(String[] args) throws IOException {
        var input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            int space = line.indexOf(' ');
            var work = Work.valueOf(line.substring(0, space));
            var file = Path.of(line.substring(space + 1));
            long cpu = processCpu();
            long began = System.nanoTime();
            work.run(file, OutputStream.nullOutputStream());
            System.out.println(processCpu() - cpu + " " + (System.nanoTime() - began));
        }
    }

    private static long processCpu() {
        var system =
                ManagementFactory.getPlatformMXBean(
                        com.sun.management.OperatingSystemMXBean.class);
        return system.getProcessCpuTime();
    }
}
