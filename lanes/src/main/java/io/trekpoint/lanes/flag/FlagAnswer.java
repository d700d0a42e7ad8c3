package io.trekpoint.lanes.flag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import org.jspecify.annotations.Nullable;

/**
 * What a flag answers. Immutable, as long as nobody writes into the value.
 *
 * @param value the value; absent means the caller's code default applies
 * @param variant the name of the variant the value belongs to; absent where there is none
 * @param reason why this is the answer
 * @param errorCode what went wrong; absent unless the reason is {@link Reason#ERROR}
 * @param errorDetails the same for people
 */
public record FlagAnswer(
        @Nullable JsonNode value,
        @Nullable String variant,
        Reason reason,
        @Nullable ErrorCode errorCode,
        @Nullable String errorDetails) {
    /** Why an answer is what it is, as OpenFeature names it. */
    public enum Reason {
        /** The definition has one answer for everybody. */
        STATIC,
        /** The targeting chose the variant. */
        TARGETING_MATCH,
        /**
         * The targeting chose none, or the definition leaves it to the code default, or nothing is
         * known of the flag.
         */
        DEFAULT,
        /** The flag is switched off or killed. */
        DISABLED,
        /** No source confirms the definition now, and it has an answer of its own for that. */
        STALE,
        /** It could not be evaluated. */
        ERROR
    }

    /** What went wrong, as OpenFeature names it. */
    public enum ErrorCode {
        /** There is no such flag. */
        FLAG_NOT_FOUND,
        /** The targeting is none that can be evaluated. */
        PARSE_ERROR,
        /** The value is of another type than it was asked for. */
        TYPE_MISMATCH,
        /** The targeting names no variant, or takes too much work. */
        GENERAL
    }

    static final FlagAnswer CODE_DEFAULT = new FlagAnswer(null, null, Reason.DEFAULT);
    private static final FlagAnswer ON = new FlagAnswer(BooleanNode.TRUE, null, Reason.DEFAULT);
    private static final FlagAnswer OFF = new FlagAnswer(BooleanNode.FALSE, null, Reason.DEFAULT);

    /** An answer without an error. */
    public FlagAnswer(@Nullable JsonNode value, @Nullable String variant, Reason reason) {
        this(value, variant, reason, null, null);
    }

    /** The answer where something went wrong: the code default. */
    public static FlagAnswer error(ErrorCode code, String details) {
        return new FlagAnswer(null, null, Reason.ERROR, code, details);
    }

    /** A boolean that no definition gives: the one that is declared, or the safer one. */
    static FlagAnswer declared(boolean enabled) {
        return enabled ? ON : OFF;
    }

    /**
     * The answer as a boolean.
     *
     * @param otherwise the code default, which stands where the answer has no value or one that is
     *     not boolean
     */
    public boolean asBoolean(boolean otherwise) {
        return (value != null && value.isBoolean()) ? value.booleanValue() : otherwise;
    }

    /** This answer to somebody who wants that type; an error where its value is of another one. */
    public FlagAnswer expecting(FlagType type) {
        return value == null || FlagType.of(value).filter(type::equals).isPresent()
                ? this
                : error(ErrorCode.TYPE_MISMATCH, "the value is no " + type.label());
    }
}
