package io.trekpoint.lanes.flag;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a definition says about its flag in {@code trek.*} metadata.
 *
 * @param onUnavailable {@code trek.onUnavailable}: the answer while no source confirms the
 *     definition
 * @param killVariant {@code trek.killVariant}: the variant that a killed flag answers
 * @param owner {@code trek.owner}: whom to ask
 * @param description {@code trek.description}: what it switches
 * @param expires {@code trek.expires}: the day from which on it should be gone
 * @param permanent {@code trek.permanent}: it is meant to stay
 * @param visible {@code trek.public}: browsers may see it
 */
public record FlagTraits(
        OnUnavailable onUnavailable,
        Optional<String> killVariant,
        Optional<String> owner,
        Optional<String> description,
        Optional<LocalDate> expires,
        boolean permanent,
        boolean visible) {
    static final String ON_UNAVAILABLE = "trek.onUnavailable";
    static final String KILL_VARIANT = "trek.killVariant";
    private static final String OWNER = "trek.owner";
    private static final String DESCRIPTION = "trek.description";
    private static final String EXPIRES = "trek.expires";
    private static final String PERMANENT = "trek.permanent";
    private static final String PUBLIC = "trek.public";
    private static final String PREFIX = "trek.";
    private static final Set<String> NAMES =
            Set.of(ON_UNAVAILABLE, KILL_VARIANT, OWNER, DESCRIPTION, EXPIRES, PERMANENT, PUBLIC);

    /** What a flag answers while no source confirms its definition. */
    public enum OnUnavailable {
        /** True. */
        ENABLED,
        /** What it answers once killed. */
        DISABLED,
        /** What its last known definition says. */
        LAST_KNOWN
    }

    /**
     * Reads metadata.
     *
     * @param path where it stands
     * @throws InvalidFlagException for the first {@code trek.*} that is not what it has to be
     */
    static FlagTraits of(Map<String, JsonNode> metadata, String path) {
        for (String name : metadata.keySet()) {
            if (isReserved(name) && !NAMES.contains(name)) {
                throw new InvalidFlagException(path + "." + name, "is none of the trek.* metadata");
            }
        }
        return new FlagTraits(
                onUnavailable(metadata.get(ON_UNAVAILABLE), path),
                text(KILL_VARIANT, metadata, path),
                text(OWNER, metadata, path),
                text(DESCRIPTION, metadata, path),
                text(EXPIRES, metadata, path).map(text -> day(text, path)),
                truth(PERMANENT, metadata, path),
                truth(PUBLIC, metadata, path));
    }

    /** Whether a name is one that only this product gives a meaning to. */
    static boolean isReserved(String name) {
        return name.startsWith(PREFIX);
    }

    private static OnUnavailable onUnavailable(@Nullable JsonNode value, String path) {
        if (value == null) {
            return OnUnavailable.LAST_KNOWN;
        }
        return Arrays.stream(OnUnavailable.values())
                .filter(answer -> answer.name().equals(value.textValue()))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidFlagException(
                                path + "." + ON_UNAVAILABLE,
                                "must be ENABLED, DISABLED or LAST_KNOWN"));
    }

    private static Optional<String> text(String name, Map<String, JsonNode> metadata, String path) {
        JsonNode value = metadata.get(name);
        if (value != null && !value.isTextual()) {
            throw new InvalidFlagException(path + "." + name, "must be a text");
        }
        return Optional.ofNullable(value).map(JsonNode::textValue);
    }

    private static boolean truth(String name, Map<String, JsonNode> metadata, String path) {
        JsonNode value = metadata.get(name);
        if (value != null && !value.isBoolean()) {
            throw new InvalidFlagException(path + "." + name, "must be true or false");
        }
        return value != null && value.booleanValue();
    }

    private static LocalDate day(String text, String path) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidFlagException(
                    path + "." + EXPIRES, "must be a day such as 2027-01-31");
        }
    }
}
