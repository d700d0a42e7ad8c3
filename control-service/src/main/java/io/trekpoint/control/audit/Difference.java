package io.trekpoint.control.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One place where two JSON values differ.
 *
 * @param path the place, such as {@code definition.variants.on}; empty for the whole value
 * @param before what stood there; absent where there was nothing
 * @param after what stands there; absent where there is nothing
 */
@RegisterForReflection
public record Difference(String path, @Nullable JsonNode before, @Nullable JsonNode after) {
    private static final Set<String> OF_THE_CHANGE = Set.of("revision", "actor", "reason", "at");

    /**
     * Compares two stored forms of an entry, leaving out what each says of its own change.
     *
     * @param before JSON null where the entry was not there
     * @param after JSON null where it is no more
     */
    public static List<Difference> between(JsonNode before, JsonNode after) {
        List<Difference> found = new ArrayList<>();
        compare("", before.isNull() ? null : before, after.isNull() ? null : after, found);
        return List.copyOf(found);
    }

    private static void compare(
            String path,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            List<Difference> found) {
        if (before != null && after != null && before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (!path.isEmpty() || !OF_THE_CHANGE.contains(name)) {
                    String place = path.isEmpty() ? name : path + "." + name;
                    compare(place, before.get(name), after.get(name), found);
                }
            }
        } else if (before == null ? after != null : !before.equals(after)) {
            found.add(new Difference(path, before, after));
        }
    }
}
