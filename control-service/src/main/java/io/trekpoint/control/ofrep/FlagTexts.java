package io.trekpoint.control.ofrep;

import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.LastChange;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The flags of the state, and those that the product's own code asks for where the state has none
 * of that key. Each is written when it is first asked for and again when it has changed.
 * Thread-safe.
 */
final class FlagTexts {
    private static final LastChange NEVER = new LastChange(0, "", "", Instant.EPOCH);
    private static final Map<String, Entry<Flag>> DECLARED = declared();

    private final Map<String, FlagText> texts = new ConcurrentHashMap<>();

    Optional<FlagText> find(String key, ControlState state) {
        Entry<Flag> entry = state.flags().get(key);
        return Optional.ofNullable(entry == null ? DECLARED.get(key) : entry)
                .map(it -> written(key, it));
    }

    /** All of them, by key. */
    Collection<FlagText> all(ControlState state) {
        texts.keySet().removeIf(key -> find(key, state).isEmpty());
        Map<String, FlagText> all = new TreeMap<>();
        DECLARED.forEach((key, entry) -> all.put(key, written(key, entry)));
        state.flags().forEach((key, entry) -> all.put(key, written(key, entry)));
        return all.values();
    }

    private FlagText written(String key, Entry<Flag> entry) {
        FlagText text = texts.get(key);
        if (text == null || !text.isOf(entry)) {
            text = FlagText.of(key, entry);
            texts.put(key, text);
        }
        return text;
    }

    private static Map<String, Entry<Flag>> declared() {
        Map<String, Entry<Flag>> flags = new TreeMap<>();
        for (FlagKey key : FlagKey.catalogue()) {
            flags.put(key.key(), new Entry<>(Flag.of(key.declared()), NEVER));
        }
        return Map.copyOf(flags);
    }
}
