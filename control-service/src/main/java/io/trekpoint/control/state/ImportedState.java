package io.trekpoint.control.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.flag.FlagDefinition;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.flag.FlagSetPart;
import io.trekpoint.lanes.flag.FlagdDocument;
import io.trekpoint.lanes.flag.InvalidFlagException;
import io.trekpoint.lanes.flag.rule.Evaluators;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.UnreadableException;
import io.trekpoint.lanes.setting.InvalidSettingException;
import io.trekpoint.lanes.setting.SettingCatalogue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a document brings: an export of a control state, or a plain flagd document. Deleted entries
 * and what an export leaves out of clients are not brought.
 *
 * @param flags by key
 * @param settings by key
 * @param clients by id; only those with the hashes of their secrets
 * @param flagSet what its flags have in common, by the keys of {@link FlagSetPart}
 * @param flagsOnly whether it says nothing of settings, so that a replacing import leaves them
 */
record ImportedState(
        SortedMap<String, ImportedFlag> flags,
        SortedMap<String, JsonNode> settings,
        SortedMap<String, Client> clients,
        SortedMap<String, JsonNode> flagSet,
        boolean flagsOnly) {
    private static final Set<String> OF_FLAGD =
            Set.of("$schema", "flags", "$evaluators", "metadata");

    /**
     * A flag.
     *
     * @param definition what it answers
     * @param killed empty where the document cannot say so, and a killed flag stays killed
     */
    record ImportedFlag(FlagDefinition definition, Optional<Boolean> killed) {}

    /**
     * Reads a document.
     *
     * @throws ProblemException 422 for the first part of it that is wrong, by its path
     */
    static ImportedState of(JsonNode document) {
        if (!document.isObject() || !document.path("flags").isObject()) {
            throw invalid("flags", "must be an object: the document is none of flags");
        }
        return document.has("epoch") ? export(document) : flagd(document);
    }

    private static ImportedState flagd(JsonNode document) {
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            if (!OF_FLAGD.contains(field.getKey())) {
                throw invalid(field.getKey(), "is not a field of a flagd document");
            }
        }
        try {
            FlagdDocument parsed = FlagdDocument.parse(document);
            SortedMap<String, ImportedFlag> flags = new TreeMap<>();
            parsed.flags()
                    .forEach((key, definition) -> {
                        FlagKey.checkDefinition(definition);
                        flags.put(key, new ImportedFlag(definition, Optional.empty()));
                    });
            SortedMap<String, JsonNode> flagSet = new TreeMap<>();
            parsed.evaluators()
                    .forEach((name, rule) -> flagSet.put(FlagSetPart.evaluatorKey(name), rule));
            if (document.has("metadata")) {
                flagSet.put(FlagSetPart.METADATA, document.get("metadata"));
            }
            return new ImportedState(flags, new TreeMap<>(), new TreeMap<>(), flagSet, true);
        } catch (InvalidFlagException e) {
            throw invalid(e.field(), e.rule());
        }
    }

    private static ImportedState export(JsonNode document) {
        SortedMap<String, ImportedFlag> flags = new TreeMap<>();
        SortedMap<String, JsonNode> settings = new TreeMap<>();
        SortedMap<String, Client> clients = new TreeMap<>();
        SortedMap<String, JsonNode> flagSet = flagSet(document.path("flags"));
        Evaluators evaluators = FlagSetPart.evaluators(flagSet);
        for (Map.Entry<String, JsonNode> e : document.path("flags").properties()) {
            JsonNode form = e.getValue();
            if (!FlagSetPart.isKey(e.getKey()) && !EntryCodec.isDeleted(form)) {
                flags.put(e.getKey(), flag(e.getKey(), form, evaluators));
            }
        }
        for (Map.Entry<String, JsonNode> e : document.path("settings").properties()) {
            if (!EntryCodec.isDeleted(e.getValue())) {
                settings.put(e.getKey(), setting(e.getKey(), e.getValue().path("value")));
            }
        }
        for (Map.Entry<String, JsonNode> e : document.path("clients").properties()) {
            if (e.getValue().has("secretHashes")) {
                clients.put(e.getKey(), client(e.getKey(), e.getValue()));
            }
        }
        return new ImportedState(flags, settings, clients, flagSet, !document.has("settings"));
    }

    private static SortedMap<String, JsonNode> flagSet(JsonNode flags) {
        SortedMap<String, JsonNode> parts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> e : flags.properties()) {
            if (FlagSetPart.isKey(e.getKey()) && !EntryCodec.isDeleted(e.getValue())) {
                parts.put(e.getKey(), e.getValue().path("value"));
            }
        }
        try {
            parts.keySet().forEach(key -> FlagSetPart.check(key, parts));
            return parts;
        } catch (InvalidFlagException e) {
            throw invalid(e.field(), e.rule()).within("flags");
        }
    }

    private static ImportedFlag flag(String key, JsonNode form, Evaluators evaluators) {
        try {
            FlagDefinition definition =
                    FlagDefinition.parse(key, form.path("definition"), evaluators);
            FlagKey.checkDefinition(definition);
            return new ImportedFlag(definition, Optional.of(form.path("killed").asBoolean(false)));
        } catch (InvalidFlagException e) {
            throw invalid(e.field(), e.rule()).within("flags." + key);
        }
    }

    private static JsonNode setting(String key, JsonNode value) {
        try {
            SettingCatalogue.find(key)
                    .orElseThrow(() -> invalid("settings." + key, "is a setting nobody reads"))
                    .validate(value);
            return value;
        } catch (InvalidSettingException e) {
            throw invalid(e.field(), e.rule()).within("settings." + key);
        }
    }

    private static Client client(String id, JsonNode form) {
        try {
            ObjectNode stored = form.deepCopy();
            stored.put("at", "1970-01-01T00:00:00Z");
            return EntryCodec.decodeClient(id, stored).value();
        } catch (UnreadableException | ClassCastException e) {
            throw invalid("clients." + id, "must be a client as it is exported");
        }
    }

    private static ProblemException invalid(String field, String rule) {
        return ProblemException.invalid(ProblemType.INVALID_VALUE, field, rule);
    }
}
