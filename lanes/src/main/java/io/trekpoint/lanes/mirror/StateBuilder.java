package io.trekpoint.lanes.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagDefinition;
import io.trekpoint.lanes.flag.FlagSetPart;
import io.trekpoint.lanes.flag.rule.Evaluators;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Puts a state together from stored entries. An entry that cannot be read keeps the value it had in
 * the last good state, and is reported. Not thread-safe.
 */
final class StateBuilder {
    private final ControlState lastGood;
    private final Map<String, Entry<Flag>> flags;
    private final Map<String, Entry<JsonNode>> settings;
    private final Map<String, Entry<Client>> clients;
    private final Map<String, Entry<JsonNode>> schedules;
    private final Map<EntryKey, Deleted> deleted;
    private final Map<String, Entry<JsonNode>> flagSet;
    private final Set<String> unlinked = new HashSet<>();
    private final SortedSet<String> unreadable;

    private StateBuilder(ControlState lastGood, ControlState start, SortedSet<String> unreadable) {
        this.lastGood = lastGood;
        this.flags = new HashMap<>(start.flags());
        this.settings = new HashMap<>(start.settings());
        this.clients = new HashMap<>(start.clients());
        this.schedules = new HashMap<>(start.schedules());
        this.deleted = new HashMap<>(start.deleted());
        this.flagSet = new HashMap<>(start.flagSet());
        this.unreadable = new TreeSet<>(unreadable);
    }

    /** Starts with nothing. */
    static StateBuilder anew(ControlState lastGood) {
        return new StateBuilder(lastGood, ControlState.UNKNOWN, Collections.emptySortedSet());
    }

    /** Starts with what is known. */
    static StateBuilder from(ControlSnapshot known) {
        return new StateBuilder(known.state(), known.state(), known.unreadable());
    }

    /**
     * An entry as it is stored.
     *
     * @param text its JSON, or what else is there
     */
    record Stored(Kind kind, String key, String text) {}

    /** Puts entries in their order. Decodes them on all cores: of thousands that takes a while. */
    void putAll(List<Stored> entries) {
        entries.parallelStream().map(this::decoded).toList().forEach(Runnable::run);
    }

    void put(Kind kind, String key, JsonNode json) {
        decoded(kind, key, json).run();
    }

    private Runnable decoded(Stored entry) {
        try {
            String what = entry.kind.label() + " " + entry.key;
            return decoded(entry.kind, entry.key, EntryCodec.parse(what, entry.text));
        } catch (UnreadableException e) {
            return () -> keepLastGood(entry.kind, entry.key);
        }
    }

    /**
     * Reads an entry, and says how it is put: the one on any thread, the other on the builder's.
     */
    private Runnable decoded(Kind kind, String key, JsonNode json) {
        EntryKey entry = new EntryKey(kind, key);
        try {
            if (EntryCodec.isDeleted(json)) {
                Deleted gone = EntryCodec.decodeDeleted(entry, json);
                return () -> {
                    remove(kind, key);
                    deleted.put(entry, gone);
                };
            }
            Runnable put =
                    switch (kind) {
                        case FLAG -> decodedFlag(key, json);
                        case SETTING -> putting(settings, key, EntryCodec.decodeSetting(key, json));
                        case CLIENT -> putting(clients, key, EntryCodec.decodeClient(key, json));
                        case SCHEDULE ->
                                putting(schedules, key, EntryCodec.decodeSchedule(key, json));
                    };
            return () -> {
                put.run();
                forget(entry);
            };
        } catch (UnreadableException e) {
            return () -> keepLastGood(kind, key);
        }
    }

    private static <T> Runnable putting(Map<String, Entry<T>> entries, String key, Entry<T> entry) {
        return () -> entries.put(key, entry);
    }

    void remove(Kind kind, String key) {
        switch (kind) {
            case FLAG -> removeFlag(key);
            case SETTING -> settings.remove(key);
            case CLIENT -> clients.remove(key);
            case SCHEDULE -> schedules.remove(key);
        }
        forget(new EntryKey(kind, key));
    }

    /** Nothing is said of an entry any more but its value. Mostly nothing was. */
    private void forget(EntryKey entry) {
        if (!deleted.isEmpty()) {
            deleted.remove(entry);
        }
        if (!unreadable.isEmpty()) {
            unreadable.remove(entry.toString());
        }
    }

    SortedSet<String> unreadable() {
        return Collections.unmodifiableSortedSet(unreadable);
    }

    ControlState build(Head head) {
        link();
        return new ControlState(head, flags, settings, clients, schedules, deleted, flagSet, false);
    }

    private Runnable decodedFlag(String key, JsonNode json) {
        if (FlagSetPart.isKey(key)) {
            Entry<JsonNode> part = EntryCodec.decodeFlagSet(key, json);
            return () -> {
                flagSet.put(key, part);
                unlinked.add(key);
            };
        }
        Entry<Flag> flag = EntryCodec.decodeFlag(key, json);
        return () -> {
            flags.put(key, flag);
            if (!flag.value().definition().references().isEmpty()) {
                unlinked.add(key);
            }
        };
    }

    private void removeFlag(String key) {
        flags.remove(key);
        flagSet.remove(key);
        unlinked.add(key);
    }

    /** Gives flags the shared rules they refer to: the new ones, or all when a rule has changed. */
    private void link() {
        boolean all = unlinked.stream().anyMatch(FlagSetPart::isKey);
        List<String> referring =
                (all ? flags.keySet() : unlinked).stream().filter(this::refers).toList();
        if (referring.isEmpty()) {
            return;
        }
        Map<String, JsonNode> parts = new HashMap<>();
        flagSet.forEach((key, entry) -> parts.put(key, entry.value()));
        Evaluators evaluators = FlagSetPart.evaluators(parts);
        for (String key : referring) {
            flags.computeIfPresent(key, (k, entry) -> linked(entry, evaluators));
        }
    }

    private boolean refers(String key) {
        Entry<Flag> entry = flags.get(key);
        return entry != null && !entry.value().definition().references().isEmpty();
    }

    private static Entry<Flag> linked(Entry<Flag> entry, Evaluators evaluators) {
        FlagDefinition linked = entry.value().definition().linkedTo(evaluators);
        return new Entry<>(entry.value().redefined(linked), entry.lastChange());
    }

    private void keepLastGood(Kind kind, String key) {
        unreadable.add(new EntryKey(kind, key).toString());
        switch (kind) {
            case FLAG -> {
                keep(flags, lastGood.flags(), key);
                keep(flagSet, lastGood.flagSet(), key);
                unlinked.add(key);
            }
            case SETTING -> keep(settings, lastGood.settings(), key);
            case CLIENT -> keep(clients, lastGood.clients(), key);
            case SCHEDULE -> keep(schedules, lastGood.schedules(), key);
        }
        Deleted gone = lastGood.deleted().get(new EntryKey(kind, key));
        if (gone != null) {
            deleted.put(new EntryKey(kind, key), gone);
        }
    }

    private static <T> void keep(
            Map<String, Entry<T>> entries, Map<String, Entry<T>> good, String key) {
        Entry<T> entry = good.get(key);
        if (entry != null) {
            entries.put(key, entry);
        }
    }
}
