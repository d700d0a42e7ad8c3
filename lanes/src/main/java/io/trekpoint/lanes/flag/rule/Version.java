package io.trekpoint.lanes.flag.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A semantic version, without its build. Numbers may have any length and have no leading zeros.
 *
 * @param prerelease its parts; empty for a release
 */
record Version(String major, String minor, String patch, List<String> prerelease)
        implements Comparable<Version> {

    /**
     * Reads a version: {@code 1.2.3-beta.1+build}, {@code v1.2.3}, {@code 1.2}, {@code 1}.
     *
     * @return null for what is none
     */
    static @Nullable Version parse(String text) {
        int start = !text.isEmpty() && (text.charAt(0) | 0x20) == 'v' ? 1 : 0;
        int build = text.indexOf('+', start);
        if (build >= 0 && !identifiers(text.substring(build + 1), false)) {
            return null;
        }
        int end = build >= 0 ? build : text.length();
        int dash = text.indexOf('-', start);
        boolean release = dash < 0 || dash > end;
        String[] core = text.substring(start, release ? end : dash).split("\\.", -1);
        String pre = release ? "" : text.substring(dash + 1, end);
        // A build or a prerelease belongs to a version that is written in full.
        if (core.length > 3 || (core.length < 3 && (!release || build >= 0))) {
            return null;
        }
        for (String number : core) {
            if (!isNumber(number) || hasLeadingZero(number)) {
                return null;
            }
        }
        if (!release && !identifiers(pre, true)) {
            return null;
        }
        return new Version(
                core[0],
                core.length > 1 ? core[1] : "0",
                core.length > 2 ? core[2] : "0",
                release ? List.of() : List.of(pre.split("\\.", -1)));
    }

    /** Whether a text is a version in full, with nothing before its first number. */
    static boolean isComplete(String text) {
        if (text.isEmpty() || !isNumber(text.substring(0, 1)) || parse(text) == null) {
            return false;
        }
        int dots = 0;
        for (int i = 0; i < text.length() && text.charAt(i) != '-' && text.charAt(i) != '+'; i++) {
            dots += text.charAt(i) == '.' ? 1 : 0;
        }
        return dots == 2;
    }

    boolean sameMajor(Version other) {
        return major.equals(other.major);
    }

    boolean sameMinor(Version other) {
        return minor.equals(other.minor);
    }

    /** By precedence: a prerelease comes before its release. */
    @Override
    public int compareTo(Version other) {
        int order = compareNumbers(major, other.major);
        if (order == 0) {
            order = compareNumbers(minor, other.minor);
        }
        if (order == 0) {
            order = compareNumbers(patch, other.patch);
        }
        return order == 0 ? comparePrereleases(other) : order;
    }

    private int comparePrereleases(Version other) {
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
        }
        int common = Math.min(prerelease.size(), other.prerelease.size());
        for (int i = 0; i < common; i++) {
            int order = compareIdentifiers(prerelease.get(i), other.prerelease.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(prerelease.size(), other.prerelease.size());
    }

    private static int compareIdentifiers(String a, String b) {
        boolean numberA = isNumber(a);
        boolean numberB = isNumber(b);
        if (numberA && numberB) {
            return compareNumbers(a, b);
        }
        return numberA == numberB ? a.compareTo(b) : Boolean.compare(numberB, numberA);
    }

    private static int compareNumbers(String a, String b) {
        return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
    }

    private static boolean identifiers(String text, boolean orderly) {
        for (String identifier : text.split("\\.", -1)) {
            if (identifier.isEmpty()
                    || !identifier.chars().allMatch(Version::mayIdentify)
                    || (orderly && isNumber(identifier) && hasLeadingZero(identifier))) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayIdentify(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '-';
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean hasLeadingZero(String number) {
        return number.length() > 1 && number.charAt(0) == '0';
    }
}
