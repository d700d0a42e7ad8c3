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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What a document brings: an export of a control state, or a plain flagd document. Deleted entries
 * and what an export leaves out of clients are not brought.
 *
 * @param flags by key
 * @param parts what the flags have in common, by the keys of {@link FlagSetPart}
 * @param settings by key
 * @param clients by id; only those with the hashes of their secrets
 * @param flagsOnly whether it says nothing of settings, so that a replacing import leaves them
 */
record ImportedState(
        SortedMap<String, ImportedFlag> flags,
        SortedMap<String, JsonNode> parts,
        SortedMap<String, JsonNode> settings,
        SortedMap<String, Client> clients,
        boolean flagsOnly) {
    private static final Set<String> OF_FLAGD =
            Set.of("$schema", "flags", "$evaluators", "metadata");

    /** An export's own, and what the answers to {@code GET /v1/state} say besides. */
    private static final Set<String> OF_EXPORT =
            Set.of(
                    "format",
                    "epoch",
                    "revision",
                    "hash",
                    "source",
                    "confirmedAt",
                    "flags",
                    "settings",
                    "clients",
                    "schedules");

    private static final List<String> SECTIONS =
            List.of("flags", "settings", "clients", "schedules");
    private static final List<String> TRUTHS = List.of("deleted", "killed", "revoked", "browser");

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
     * @param known what the flags have in common already and the document may refer to
     * @throws ProblemException 422 for the first part of it that is wrong, by its path
     */
    static ImportedState of(JsonNode document, Map<String, JsonNode> known) {
        if (!document.isObject() || !document.path("flags").isContainerNode()) {
            throw invalid("flags", "must be an object: the document is none of flags");
        }
        try {
            return document.has("epoch") ? export(document, known) : flagd(document, known);
        } catch (InvalidFlagException e) {
            throw invalid(e.field(), e.rule());
        }
    }

    private static ImportedState flagd(JsonNode document, Map<String, JsonNode> known) {
        refuseOtherFields(document, OF_FLAGD, "is not a field of a flagd document");
        FlagdDocument read = FlagdDocument.parse(document, FlagSetPart.rules(known));
        SortedMap<String, JsonNode> parts = new TreeMap<>();
        read.evaluators().forEach((name, rule) -> parts.put(FlagSetPart.evaluatorKey(name), rule));
        if (!read.metadata().isEmpty()) {
            parts.put(FlagSetPart.METADATA, document.path("metadata"));
        }
        SortedMap<String, ImportedFlag> flags = new TreeMap<>();
        read.flags().forEach((key, flag) -> flags.put(key, checked(flag, Optional.empty())));
        return new ImportedState(flags, parts, new TreeMap<>(), new TreeMap<>(), true);
    }

    private static ImportedState export(JsonNode document, Map<String, JsonNode> known) {
        checkExport(document);
        SortedMap<String, JsonNode> parts = new TreeMap<>();
        SortedMap<String, ImportedFlag> flags = new TreeMap<>();
        SortedMap<String, JsonNode> settings = new TreeMap<>();
        SortedMap<String, Client> clients = new TreeMap<>();
        live(
                document.path("flags"),
                (key, form) -> {
                    if (FlagSetPart.isKey(key)) {
                        parts.put(key, form.path("value"));
                    }
                });
        Map<String, JsonNode> all = new HashMap<>(known);
        all.putAll(parts);
        parts.keySet().forEach(key -> FlagSetPart.check(key, all));
        Evaluators evaluators = FlagSetPart.evaluators(all);
        live(
                document.path("flags"),
                (key, form) -> {
                    if (!FlagSetPart.isKey(key)) {
                        flags.put(key, flag(key, form, evaluators));
                    }
                });
        live(
                document.path("settings"),
                (key, form) -> settings.put(key, setting(key, form.path("value"))));
        live(
                document.path("clients"),
                (id, form) -> {
                    if (form.has("secretHashes")) {
                        clients.put(id, client(id, form));
                    }
                });
        return new ImportedState(flags, parts, settings, clients, !document.has("settings"));
    }

    /**
     * Refuses what is no export as a whole. What is not there would be deleted where the import
     * replaces: so nothing is passed over that might have been meant.
     */
    private static void checkExport(JsonNode document) {
        JsonNode format = document.get("format");
        if (format != null && !StateExport.FORMAT.equals(format.textValue())) {
            throw invalid("format", "must be " + StateExport.FORMAT);
        }
        refuseOtherFields(document, OF_EXPORT, "is not a field of an export");
        for (String section : SECTIONS) {
            if (document.has(section) && !document.get(section).isObject()) {
                throw invalid(section, "must be an object");
            }
            document.path(section).properties().forEach(e -> checkEntry(section, e));
        }
    }

    private static void checkEntry(String section, Map.Entry<String, JsonNode> entry) {
        String field = section + "." + entry.getKey();
        if (!entry.getValue().isObject()) {
            throw invalid(field, "must be an object");
        }
        for (String name : TRUTHS) {
            JsonNode truth = entry.getValue().get(name);
            if (truth != null && !truth.isBoolean()) {
                throw invalid(field + "." + name, "must be true or false");
            }
        }
    }

    private static void refuseOtherFields(JsonNode document, Set<String> known, String rule) {
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            if (!known.contains(field.getKey())) {
                throw invalid(field.getKey(), rule);
            }
        }
    }

    private static void live(JsonNode entries, BiConsumer<String, JsonNode> taker) {
        for (Map.Entry<String, JsonNode> entry : entries.properties()) {
            if (!EntryCodec.isDeleted(entry.getValue())) {
                taker.accept(entry.getKey(), entry.getValue());
            }
        }
    }

    private static ImportedFlag flag(String key, JsonNode form, Evaluators evaluators) {
        try {
            return checked(
                    FlagDefinition.parse(key, form.path("definition"), evaluators),
                    Optional.of(form.path("killed").asBoolean(false)));
        } catch (InvalidFlagException e) {
            throw invalid(e.field(), e.rule()).within("flags." + key);
        }
    }

    private static ImportedFlag checked(FlagDefinition definition, Optional<Boolean> killed) {
        FlagKey.checkDefinition(definition);
        return new ImportedFlag(definition, killed);
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
