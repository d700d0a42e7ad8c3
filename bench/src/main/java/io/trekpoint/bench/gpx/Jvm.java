package io.trekpoint.bench.gpx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How classes of this module are run in a JVM of their own, of the same kind as this one. */
final class Jvm {

    private Jvm() {}

    /** The command that runs a class, with one more flag and some arguments. */
    static List<String> command(String flag, Class<?> main, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(flag);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }
}
