package io.trekpoint.bench.gpx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that is started anew for each pass; what the start costs is a part of it.
 *
 * @param label who does what
 * @param rounds the most passes over each file that are worth the wait
 * @param words the command line, with {@code {}} where the file's name goes
 * @param environment what is added to its environment
 */
record Command(String label, int rounds, List<String> words, Map<String, String> environment)
        implements Contender {

    /** Bash counts what its child has used, user and system, on Linux and macOS alike. */
    private static final List<String> TIMED =
            List.of("bash", "-c", "TIMEFORMAT='%3U %3S %3R'; time \"$@\" >/dev/null 2>&1", "bash");

    @Override
    public Lap run(Path file) throws IOException {
        var command = new ArrayList<>(TIMED);
        words.forEach(word -> command.add(word.replace("{}", file.toString())));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        try (var output = process.inputReader()) {
            String line = output.readLine();
            int status = process.waitFor();
            if (status != 0 || line == null) {
                throw new IOException(label + " has failed on " + file.getFileName());
            }
            var times = line.split(" ", -1);
            return new Lap(
                    Double.parseDouble(times[0]) + Double.parseDouble(times[1]),
                    Double.parseDouble(times[2]),
                    Lap.DONE);
        } catch (InterruptedException e) {
            process.destroy();
            throw new IOException("interrupted", e);
        }
    }
}
