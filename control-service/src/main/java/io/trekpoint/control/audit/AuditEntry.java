package io.trekpoint.control.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.mirror.AuditRecord;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.UnreadableException;
import io.trekpoint.lanes.mirror.Write;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Who did what and why.
 *
 * @param epoch the data set
 * @param revision the revision it made
 * @param at when, by this service's clock
 * @param action such as {@code init}, {@code put}, {@code kill}, {@code import}
 * @param actor the id of the client; {@code init} for the token that creates a data set
 * @param requestId the request
 * @param reason in the actor's words
 * @param changes each entry before and after
 */
public record AuditEntry(
        String epoch,
        long revision,
        Instant at,
        String action,
        String actor,
        String requestId,
        String reason,
        List<Diff> changes) {
    /**
     * The action that puts a lost state back; it may leap over revisions that were lost with it.
     */
    public static final String RESTORE_STATE = "restore-state";

    /**
     * One entry before and after.
     *
     * @param before its stored form; JSON null where it was not there
     * @param write what was written
     */
    public record Diff(JsonNode before, Write write) {}

    /** The text that is stored and hashed: the fields in this order, without spaces. */
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("epoch", epoch)
                .put("revision", revision)
                .put("at", at.toString())
                .put("action", action)
                .put("actor", actor)
                .put("requestId", requestId)
                .put("reason", reason);
        var list = json.putArray("changes");
        for (Diff diff : changes) {
            ObjectNode change = list.addObject();
            change.put("kind", diff.write().kind().label()).put("key", diff.write().key());
            change.set("before", withoutSecrets(diff.before()));
            change.set("after", withoutSecrets(diff.write().value()));
        }
        return json.toString();
    }

    /**
     * Reads what is stored of a revision.
     *
     * @return empty where it is no entry: no JSON, nested too deep to be read, without a time
     */
    public static Optional<JsonNode> read(AuditRecord stored) {
        try {
            JsonNode entry = EntryCodec.parse("audit entry", stored.entry());
            Instant.parse(entry.path("at").asText());
            return Optional.of(entry);
        } catch (UnreadableException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * The hash of the chain with an entry at its end.
     *
     * @param previous the hash before it; empty for the first
     * @param json the entry's text
     * @return SHA-256 of both, one after the other, in lower-case hex
     */
    public static String chain(String previous, String json) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest((previous + json).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What could be tried against a key is left out; which key it was stays. */
    private static JsonNode withoutSecrets(JsonNode stored) {
        if (!stored.has("secretHashes")) {
            return stored;
        }
        ObjectNode shown = stored.deepCopy();
        var ids = shown.putArray("secrets");
        shown.remove("secretHashes").forEach(hash -> ids.add(Client.secretId(hash.asText())));
        return shown;
    }
}
