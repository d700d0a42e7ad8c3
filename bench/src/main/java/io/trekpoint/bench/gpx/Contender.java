package io.trekpoint.bench.gpx;

import java.io.IOException;
import java.nio.file.Path;

/** Something that takes part: one way to work on a file. */
sealed interface Contender permits Command, WarmJvm.Job {

    /** Who does what. */
    String label();

    /** The most passes over each file that are worth the wait. */
    int rounds();

    /** Does its work on a file once. */
    Lap run(Path file) throws IOException;
}
