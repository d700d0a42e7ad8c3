package io.trekpoint.bench.gpx;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

/** A JVM that stays from pass to pass, as a worker does, and is measured once it is warm. */
final class WarmJvm implements AutoCloseable {

    private static final int WARM_UP_ROUNDS = 4;

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    WarmJvm() throws IOException {
        process =
                new ProcessBuilder(Jvm.command("-Xmx1g", WorkLoop.class))
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

        /** Passes over all files in turn until the compilers have little left to do. */
        void warmUp(Collection<Path> files) throws IOException {
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                for (var file : files) {
                    run(file);
                }
            }
        }

        @Override
        public Lap run(Path file) throws IOException {
            return jvm.ask(work, file);
        }
    }

    private Lap ask(Work work, Path file) throws IOException {
        questions.write(work + " " + file + "\n");
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException(work + " of " + file.getFileName() + " has ended its JVM");
        }
        int space = answer.indexOf(' ');
        return new Lap(
                Long.parseLong(answer.substring(0, space)) / 1e9,
                Long.parseLong(answer.substring(space + 1)) / 1e9);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
