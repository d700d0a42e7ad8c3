package io.trekpoint.lanes.limit;

import java.util.regex.Pattern;

/** What a limit may be called, so that its name can stand in a key and in a header as it is. */
final class LimitName {
    private static final Pattern VALID = Pattern.compile("[a-z0-9.-]{1,64}");

    private LimitName() {}

    static void require(String name) {
        if (!VALID.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a limit's name is 1 to 64 lower-case letters, digits, dots and hyphens");
        }
    }
}
