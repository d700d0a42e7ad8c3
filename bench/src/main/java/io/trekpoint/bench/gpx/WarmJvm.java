package io.trekpoint.bench.gpx;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;

/** A JVM that stays from pass to pass, as a worker does. Its passes are one after the other. */
final class WarmJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    /**
     * Starts it.
     *
     * @param heapMib its greatest heap
     * @param arguments of {@link WorkLoop}
     */
    WarmJvm(int heapMib, String... arguments) throws IOException {
        process =
                new ProcessBuilder(Jvm.command(heapMib, WorkLoop.class, arguments))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        answers = process.inputReader();
        questions = process.outputWriter();
    }

    /** One kind of work in this JVM. */
    Job job(String label, Work work, int rounds) {
        return new Job(label, rounds, this, work);
    }

    /** One kind of work in a warm JVM. */
    record Job(String label, int rounds, WarmJvm jvm, Work work) implements Contender {
        @Override
        public Lap run(Path file) throws IOException {
            return jvm.run(work, file);
        }
    }

    /** Does a work on a file once. */
    Lap run(Work work, Path file) throws IOException {
        questions.write(work + " " + file + "\n");
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException(work + " of " + file.getFileName() + " has ended its JVM");
        }
        var parts = answer.split(" ", -1);
        return new Lap(Long.parseLong(parts[0]) / 1e9, Long.parseLong(parts[1]) / 1e9, parts[2]);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
