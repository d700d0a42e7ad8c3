package io.trekpoint.control.ofrep;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagSetPart;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Entry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The texts of flags, each written when it is first asked for, and again once its flag or the
 * metadata of the flag set is another one. Thread-safe.
 */
final class FlagTexts {
    private final Map<String, Written> texts = new ConcurrentHashMap<>();

    private record Written(Entry<Flag> flag, @Nullable Entry<JsonNode> metadata, FlagText text) {
        @SuppressWarnings("ReferenceEquality") // what has not changed is the same object
        boolean isOf(Entry<Flag> otherFlag, @Nullable Entry<JsonNode> otherMetadata) {
            return flag == otherFlag && metadata == otherMetadata;
        }
    }

    FlagText of(String key, Entry<Flag> flag, ControlState state) {
        Entry<JsonNode> metadata = state.flagSet().get(FlagSetPart.METADATA);
        Written known = texts.get(key);
        if (known == null || !known.isOf(flag, metadata)) {
            FlagText text = FlagText.of(key, flag.value().definition(), members(metadata));
            known = new Written(flag, metadata, text);
            texts.put(key, known);
        }
        return known.text();
    }

    /** Forgets flags that the state does not have. */
    void keepOnly(ControlState state) {
        texts.keySet().retainAll(state.flags().keySet());
    }

    /** What the flag set says about itself. */
    static Map<String, JsonNode> shared(ControlState state) {
        return members(state.flagSet().get(FlagSetPart.METADATA));
    }

    private static Map<String, JsonNode> members(@Nullable Entry<JsonNode> metadata) {
        Map<String, JsonNode> members = new TreeMap<>();
        if (metadata != null) {
            metadata.value().properties().forEach(e -> members.put(e.getKey(), e.getValue()));
        }
        return members;
    }
}
