package io.trekpoint.bench.gpx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How classes of this module are run in a JVM of their own: the one that runs this, with the serial
 * collector, which a worker's container of 1 GiB gets too.
 */
final class Jvm {

    private Jvm() {}

    /** The command that runs a class with a heap of so many MiB at most, and some arguments. */
    static List<String> command(int heapMib, Class<?> main, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-Xmx" + heapMib + "m");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }
}
