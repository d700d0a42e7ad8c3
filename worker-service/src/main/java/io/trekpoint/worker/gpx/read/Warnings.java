package io.trekpoint.worker.gpx.read;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what is dropped and repaired. */
final class Warnings {

    private final Map<Warning.Code, Warning> byCode = new EnumMap<>(Warning.Code.class);

    void add(Warning.Code code, int line) {
        byCode.merge(
                code,
                new Warning(code, 1, line),
                (first, next) -> new Warning(code, first.count() + 1, first.firstLine()));
    }

    List<Warning> all() {
        return List.copyOf(byCode.values());
    }
}
