package io.trekpoint.control.store;

import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a write was based on: {@code If-Match} with the entity tags it accepts, {@code
 * If-None-Match: *} for one that creates, or both. A tag is the quoted revision at which the
 * resource last changed; 0 for a resource the catalogue declares and nobody stored.
 */
public final class Precondition {
    private static final Pattern TAG = Pattern.compile("\\s*(W/)?\"([^\"]*)\"\\s*(?:,|$)");

    private final @Nullable Set<String> match;
    private final boolean matchAny;
    private final boolean creates;

    /** What a write without headers that need not have any is based on: whatever there is. */
    public static Precondition none() {
        return new Precondition(null, false, false);
    }

    /**
     * Reads the header of a call that may go without.
     *
     * @throws ProblemException 400 where it is not understood
     */
    public static Precondition ifGiven(@Nullable String ifMatch) {
        return ifMatch == null ? none() : of(ifMatch, null);
    }

    private Precondition(@Nullable Set<String> match, boolean matchAny, boolean creates) {
        this.match = match;
        this.matchAny = matchAny;
        this.creates = creates;
    }

    /**
     * Reads the headers of a write.
     *
     * @throws ProblemException 428 where both are missing, 400 where one is not understood
     */
    public static Precondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch == null && ifNoneMatch == null) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_REQUIRED,
                    "Send If-Match with the ETag of the resource, or If-None-Match: * to create it.");
        }
        if (ifNoneMatch != null && !ifNoneMatch.strip().equals("*")) {
            throw ProblemException.invalid(
                    ProblemType.INVALID_REQUEST, "If-None-Match", "must be * on a write");
        }
        boolean any = ifMatch != null && ifMatch.strip().equals("*");
        return new Precondition(
                ifMatch == null || any ? null : tags(ifMatch), any, ifNoneMatch != null);
    }

    /**
     * Judges the resource.
     *
     * @param changedAt the revision at which it last changed; empty where it is not stored
     * @param declared whether the catalogue declares it, so that it can be read before it is stored
     * @throws ProblemException 412 where it is not what the write was based on
     */
    public void check(OptionalLong changedAt, boolean declared) {
        check(changedAt.orElse(0), changedAt.isPresent(), changedAt.isPresent() || declared);
    }

    /**
     * Judges the resource, which may have been deleted.
     *
     * @param changedAt the revision at which it last changed, be it by being deleted; 0 for never
     * @param exists whether it is stored and not deleted
     * @param readable whether it can be read, stored or declared
     * @throws ProblemException 412 where it is not what the write was based on
     */
    public void check(long changedAt, boolean exists, boolean readable) {
        if (creates && exists) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED,
                    "It exists since before this write; it last changed at revision "
                            + changedAt
                            + ".");
        }
        boolean matches = match == null || match.contains(String.valueOf(changedAt));
        if ((matchAny || match != null) && !(readable && matches)) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED,
                    readable
                            ? "It last changed at revision " + changedAt + "."
                            : "It does not exist.");
        }
    }

    /** A weak tag never matches here: If-Match compares strongly. */
    private static Set<String> tags(String header) {
        Set<String> tags = new HashSet<>();
        Matcher tag = TAG.matcher(header);
        int at = 0;
        while (at < header.length()) {
            if (!tag.find(at) || tag.start() != at) {
                throw ProblemException.invalid(
                        ProblemType.INVALID_REQUEST, "If-Match", "must be *, or quoted ETags");
            }
            if (tag.group(1) == null) {
                tags.add(tag.group(2));
            }
            at = tag.end();
        }
        return tags;
    }
}
