package io.trekpoint.lanes.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagDefinition;
import io.trekpoint.lanes.flag.FlagSetPart;
import io.trekpoint.lanes.setting.SettingCatalogue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The stored JSON of one entry, the same in Redis, in the change stream, in {@code GET /v1/state}
 * and on disk: {@code {revision, actor, reason, at}} beside {@code {definition, killed}} for a
 * flag, {@code {value}} for a setting, for what flags have in common and for a scheduled change,
 * {@code {name, tier, roles, secretHashes, oldEndsAt?, revoked, browser?}} for a client. An entry
 * that was taken out of use has {@code "deleted": true} besides. Written and read as a tree:
 * nothing here needs reflection.
 */
public final class EntryCodec {
    static final ObjectMapper JSON = JsonMapper.builder().build();

    private static final String DELETED = "deleted";

    private EntryCodec() {}

    /** A flag as it is stored. */
    public static ObjectNode encodeFlag(Entry<Flag> entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("definition", entry.value().definition().json());
        json.put("killed", entry.value().killed());
        return withChange(json, entry.lastChange());
    }

    /**
     * An entry taken out of use. It keeps what it was, to be restored; not so where that is no
     * object or out of {@link EntryBounds}, and nobody could read what keeps it.
     *
     * @param stored what it was
     * @param change the change that takes it out
     */
    public static ObjectNode encodeDeleted(JsonNode stored, LastChange change) {
        if (stored instanceof ObjectNode was) {
            ObjectNode gone = withChange(was.deepCopy().put(DELETED, true), change);
            if (EntryBounds.fits(gone)) {
                return gone;
            }
        }
        return withChange(JsonNodeFactory.instance.objectNode().put(DELETED, true), change);
    }

    /** An entry put back as it was stored once, with the change that does so. */
    public static ObjectNode encodeAgain(ObjectNode stored, LastChange change) {
        ObjectNode json = stored.deepCopy();
        json.remove(DELETED);
        return withChange(json, change);
    }

    /**
     * The latest change of a stored form, whatever it is.
     *
     * @throws IllegalArgumentException when it does not say
     */
    public static LastChange lastChange(JsonNode stored) {
        return change(stored);
    }

    /** Whether a stored form is of an entry that was taken out of use. */
    public static boolean isDeleted(JsonNode stored) {
        return stored.path(DELETED).asBoolean(false);
    }

    /**
     * Reads an entry that was taken out of use.
     *
     * @throws UnreadableException when it is not one
     */
    static Deleted decodeDeleted(EntryKey entry, JsonNode json) {
        try {
            return new Deleted((ObjectNode) json, change(json));
        } catch (RuntimeException e) {
            throw new UnreadableException(entry.toString(), e);
        }
    }

    /** A scheduled change as it is stored. */
    public static ObjectNode encodeSchedule(Entry<JsonNode> entry) {
        return encodeSetting(entry);
    }

    /**
     * Reads a stored scheduled change, whose content is for the control service to understand.
     *
     * @throws UnreadableException when it is not one
     */
    public static Entry<JsonNode> decodeSchedule(String id, JsonNode json) {
        try {
            return new Entry<>(json.required("value"), change(json));
        } catch (RuntimeException e) {
            throw new UnreadableException("schedule " + id, e);
        }
    }

    /** What flags have in common, as it is stored among them: see {@link FlagSetPart}. */
    public static ObjectNode encodeFlagSet(Entry<JsonNode> entry) {
        return encodeSetting(entry);
    }

    /** A setting as it is stored. */
    public static ObjectNode encodeSetting(Entry<JsonNode> entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("value", entry.value());
        return withChange(json, entry.lastChange());
    }

    /** A client as it is stored. */
    public static ObjectNode encodeClient(Entry<Client> entry) {
        Client client = entry.value();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", client.name());
        json.put("tier", client.tier().label());
        client.roles().stream().sorted().map(Role::label).forEach(json.putArray("roles")::add);
        client.secretHashes().forEach(json.putArray("secretHashes")::add);
        if (client.oldEndsAt() != null) {
            json.put("oldEndsAt", client.oldEndsAt().toString());
        }
        json.put("revoked", client.revoked());
        if (client.browser()) {
            json.put("browser", true);
        }
        return withChange(json, entry.lastChange());
    }

    /**
     * Reads a stored flag.
     *
     * @throws UnreadableException when it is not one
     */
    public static Entry<Flag> decodeFlag(String key, JsonNode json) {
        try {
            FlagDefinition definition = FlagDefinition.read(key, json.path("definition"));
            boolean killed = json.path("killed").asBoolean(false);
            return new Entry<>(new Flag(definition, killed), change(json));
        } catch (RuntimeException e) {
            throw new UnreadableException("flag " + key, e);
        }
    }

    /**
     * Reads a stored part of the flag set.
     *
     * @throws UnreadableException when it is not one
     */
    static Entry<JsonNode> decodeFlagSet(String key, JsonNode json) {
        try {
            JsonNode value = json.required("value");
            FlagSetPart.checkShape(key, value);
            return new Entry<>(value, change(json));
        } catch (RuntimeException e) {
            throw new UnreadableException("flag " + key, e);
        }
    }

    /**
     * Reads a stored setting. One that this version's catalogue does not have is kept as it is.
     *
     * @throws UnreadableException when it is not one
     */
    public static Entry<JsonNode> decodeSetting(String key, JsonNode json) {
        try {
            JsonNode value = json.required("value");
            SettingCatalogue.find(key).ifPresent(setting -> setting.validate(value));
            return new Entry<>(value, change(json));
        } catch (RuntimeException e) {
            throw new UnreadableException("setting " + key, e);
        }
    }

    /**
     * Reads a stored client.
     *
     * @throws UnreadableException when it is not one
     */
    public static Entry<Client> decodeClient(String id, JsonNode json) {
        try {
            Tier tier = Tier.ofLabel(json.required("tier").asText()).orElseThrow();
            Set<Role> roles = EnumSet.noneOf(Role.class);
            for (JsonNode role : json.path("roles")) {
                roles.add(Role.ofLabel(role.asText()).orElseThrow());
            }
            List<String> hashes = new ArrayList<>();
            json.required("secretHashes").forEach(hash -> hashes.add(hash.asText()));
            if (hashes.isEmpty()) {
                throw new IllegalArgumentException("a client that is stored has a secret");
            }
            Instant oldEndsAt =
                    json.has("oldEndsAt") ? Instant.parse(json.path("oldEndsAt").asText()) : null;
            boolean revoked = json.path("revoked").asBoolean(false);
            String name = json.path("name").asText();
            boolean browser = json.path("browser").asBoolean(false);
            return new Entry<>(
                    new Client(id, name, tier, roles, hashes, oldEndsAt, revoked, browser),
                    change(json));
        } catch (RuntimeException e) {
            throw new UnreadableException("client " + id, e);
        }
    }

    /**
     * Reads a JSON text.
     *
     * @throws UnreadableException when it is not JSON
     */
    public static JsonNode parse(String what, String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isMissingNode()) {
                throw new UnreadableException(what, new IllegalArgumentException("no JSON"));
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new UnreadableException(what, e);
        }
    }

    private static ObjectNode withChange(ObjectNode json, LastChange change) {
        return json.put("revision", change.revision())
                .put("actor", change.actor())
                .put("reason", change.reason())
                .put("at", change.at().toString());
    }

    private static LastChange change(JsonNode json) {
        try {
            return new LastChange(
                    json.path("revision").asLong(),
                    json.path("actor").asText(),
                    json.path("reason").asText(),
                    StoredTime.read(json.path("at").asText()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("at is not a time", e);
        }
    }
}
