package io.trekpoint.control.audit;

import io.trekpoint.lanes.mirror.AuditRecord;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of an audit file: {@code {"revision":7,"previous":"…","hash":"…","entry":{…}}}, with the
 * entry's text exactly as it was hashed, so that whoever has the file can check it: {@code hash} is
 * the SHA-256 of {@code previous} followed by that text.
 */
final class AuditLine {
    private static final Pattern LINE =
            Pattern.compile(
                    "\\{\"revision\":([0-9]{1,18}),\"previous\":\"([0-9a-f]*)\",\"hash\":\"([0-9a-f]*)\","
                            + "\"entry\":(\\{.*})}");

    private AuditLine() {}

    /** Writes a revision, without the end of the line. */
    static String of(AuditRecord revision) {
        return "{\"revision\":"
                + revision.revision()
                + ",\"previous\":\""
                + revision.previous()
                + "\",\"hash\":\""
                + revision.hash()
                + "\",\"entry\":"
                + revision.entry()
                + "}";
    }

    /** Reads a line; empty where it is not one. */
    static Optional<AuditRecord> parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new AuditRecord(
                        Long.parseLong(parts.group(1)),
                        parts.group(4),
                        parts.group(2),
                        parts.group(3)));
    }
}
