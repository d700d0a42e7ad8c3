package io.trekpoint.lanes.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.setting.SettingValues;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Flags, settings and clients at one revision. Immutable: a request or a job takes it once and goes
 * by it to its end.
 *
 * @param head which state this is
 * @param flags every flag by its key
 * @param settings every stored setting by its key
 * @param clients every client by its id
 * @param schedules every change that waits for its time, or has failed at it, by its id
 * @param deleted what was taken out of use: absent from the maps above, and can be put back
 */
public record ControlState(
        Head head,
        Map<String, Entry<Flag>> flags,
        Map<String, Entry<JsonNode>> settings,
        Map<String, Entry<Client>> clients,
        Map<String, Entry<JsonNode>> schedules,
        Map<EntryKey, Deleted> deleted)
        implements SettingValues {
    /** Nothing is known: every answer is a declared default, and every client is unknown. */
    public static final ControlState UNKNOWN =
            new ControlState(Head.NONE, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    /** Copies what it is given. */
    public ControlState {
        flags = Map.copyOf(flags);
        settings = Map.copyOf(settings);
        clients = Map.copyOf(clients);
        schedules = Map.copyOf(schedules);
        deleted = Map.copyOf(deleted);
    }

    /** What the flag answers; without a value where the code default applies. */
    public FlagAnswer flag(FlagKey key) {
        Entry<Flag> entry = flags.get(key.key());
        return entry == null ? FlagAnswer.codeDefault() : entry.value().answer();
    }

    /** Whether the flag is on, its code default included. */
    public boolean enabled(FlagKey key) {
        return flag(key).asBoolean(key.enabledByDefault());
    }

    @Override
    public Optional<JsonNode> stored(String key) {
        return Optional.ofNullable(settings.get(key)).map(Entry::value);
    }

    /** The client of that id; empty where none is known. */
    public Optional<Client> client(String id) {
        return Optional.ofNullable(clients.get(id)).map(Entry::value);
    }

    /** The stored form of every entry of a kind, by its key, the deleted ones included. */
    public SortedMap<String, ObjectNode> stored(Kind kind) {
        SortedMap<String, ObjectNode> forms = new TreeMap<>();
        switch (kind) {
            case FLAG -> flags.forEach((k, e) -> forms.put(k, EntryCodec.encodeFlag(e)));
            case SETTING -> settings.forEach((k, e) -> forms.put(k, EntryCodec.encodeSetting(e)));
            case CLIENT -> clients.forEach((k, e) -> forms.put(k, EntryCodec.encodeClient(e)));
            case SCHEDULE ->
                    schedules.forEach((k, e) -> forms.put(k, EntryCodec.encodeSchedule(e)));
        }
        deleted.forEach((entry, gone) -> {
            if (entry.kind() == kind) {
                forms.put(entry.key(), gone.form());
            }
        });
        return forms;
    }

    /** How many entries it has, of every kind. */
    public int size() {
        return flags.size() + settings.size() + clients.size() + schedules.size() + deleted.size();
    }
}
