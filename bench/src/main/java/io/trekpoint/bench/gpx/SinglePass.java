package io.trekpoint.bench.gpx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A JVM that works once and ends: what a command line would cost. */
final class SinglePass {

    private SinglePass() {}

    /** Does the work that the first argument names on the file that the second names. */
    public static void main(String[] args) throws IOException {
        Work.valueOf(args[0]).run(Path.of(args[1]), OutputStream.nullOutputStream());
    }
}
