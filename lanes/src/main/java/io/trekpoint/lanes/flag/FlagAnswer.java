package io.trekpoint.lanes.flag;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a flag answers.
 *
 * @param value the value; absent means the caller's code default applies
 * @param variant the name of the variant the value belongs to; absent where there is none
 * @param reason why this is the answer
 */
public record FlagAnswer(@Nullable JsonNode value, @Nullable String variant, Reason reason) {
    /** Why an answer is what it is, as OpenFeature names it. */
    public enum Reason {
        /** The definition has one answer for everybody. */
        STATIC,
        /** The definition leaves it to the code default, or nothing is known of the flag. */
        DEFAULT,
        /** The flag is switched off or killed. */
        DISABLED
    }

    static final FlagAnswer CODE_DEFAULT = new FlagAnswer(null, null, Reason.DEFAULT);

    /** The answer for a flag nothing is known of. */
    public static FlagAnswer codeDefault() {
        return CODE_DEFAULT;
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
}
