package io.trekpoint.worker.gpx.read;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Counts what is dropped and repaired. */
final class Warnings {

    private final Map<Warning.Code, Warning> byCode = new EnumMap<>(Warning.Code.class);

    /** The line is asked for the first time only: a file may be wrong a million times over. */
    void add(Warning.Code code, IntSupplier line) {
        var before = byCode.get(code);
        byCode.put(
                code,
                before == null
                        ? new Warning(code, 1, line.getAsInt())
                        : new Warning(code, before.count() + 1, before.firstLine()));
    }

    List<Warning> all() {
        return List.copyOf(byCode.values());
    }
}
