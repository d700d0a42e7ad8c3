package io.trekpoint.lanes.mirror;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.redis.Script;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Brings a change that is too large for one command to Redis in parts, into a list that lapses, so
 * that no command holds a shared Redis up for long. The script that makes the change takes it from
 * there. Owns {@code stage.lua}.
 */
final class Staging {
    private static final Script STAGE = Script.load("stage");
    private static final int PART_BYTES = 256 * 1024;
    private static final int SECONDS = 60;

    private final Lane lane;

    Staging(Lane lane) {
        this.lane = lane;
    }

    /**
     * What waits in Redis.
     *
     * @param key the list
     * @param auditParts of how many of its elements the audit entry is
     */
    record Staged(String key, int auditParts) {}

    /**
     * Brings an audit entry and writes there.
     *
     * @throws LaneException when the lane gives no useful answer; what was brought lapses
     */
    Staged bring(String audit, List<Write> writes) {
        String key = ControlKeys.staged(UUID.randomUUID().toString());
        Part part = new Part(key);
        int auditParts = 0;
        for (int from = 0; from < audit.length(); auditParts++) {
            int to = endOfPart(audit, from);
            part.add(audit.substring(from, to));
            from = to;
        }
        for (Write write : writes) {
            part.add(String.valueOf(ControlKeys.number(write.kind())));
            part.add(write.key());
            part.add(write.stored());
        }
        part.send();
        return new Staged(key, auditParts);
    }

    /** A part ends at a whole character. A character is at most four bytes. */
    private static int endOfPart(String text, int from) {
        int to = Math.min(text.length(), from + PART_BYTES / 4);
        return to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? to - 1 : to;
    }

    private final class Part {
        private final String key;
        private final List<byte[]> elements = new ArrayList<>();
        private int bytes;

        Part(String key) {
            this.key = key;
        }

        void add(String element) {
            byte[] utf8 = element.getBytes(StandardCharsets.UTF_8);
            if (bytes + utf8.length > PART_BYTES) {
                send();
            }
            elements.add(utf8);
            bytes += utf8.length;
        }

        void send() {
            if (elements.isEmpty()) {
                return;
            }
            List<Object> args = new ArrayList<>(List.of(SECONDS));
            args.addAll(elements);
            STAGE.run(lane, List.of(key), args);
            elements.clear();
            bytes = 0;
        }
    }
}
