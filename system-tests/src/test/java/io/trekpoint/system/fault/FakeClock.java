package io.trekpoint.system.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * libfaketime, which gives a process a clock of its own. Its library for threads is looked for
 * where distributions put it, and first at {@code TREK_LIBFAKETIME}.
 */
final class FakeClock {
    private static final String NAME = "libfaketimeMT.so.1";

    private FakeClock() {}

    /** The library, where this machine has it. */
    static Optional<Path> library() {
        Stream<Path> named = Stream.ofNullable(System.getenv("TREK_LIBFAKETIME")).map(Path::of);
        Stream<Path> usual =
                Stream.of(
                                "/usr/lib/x86_64-linux-gnu",
                                "/usr/lib/aarch64-linux-gnu",
                                "/usr/lib64",
                                "/usr/lib",
                                "/usr/local/lib")
                        .map(directory -> Path.of(directory, "faketime", NAME));
        return Stream.concat(named, usual).filter(Files::isReadable).findFirst();
    }

    /**
     * What a process is told so that its clock is wrong by that much, such as {@code -1h}; how time
     * passes stays right, and so do the times of files, which Java's archives are checked by.
     */
    static Map<String, String> wrongBy(String offset) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LD_PRELOAD", library().orElseThrow().toString());
        environment.put("FAKETIME", offset);
        environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        // Else waits that end by the clock that is left alone would end by the wrong one.
        environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        environment.put("NO_FAKE_STAT", "1");
        return environment;
    }
}
