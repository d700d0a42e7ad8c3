package io.trekpoint.lanes.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagDefinition;
import io.trekpoint.lanes.guard.Lane;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Instant;
import java.util.UUID;

/**
 * Writes control states into a test's Redis in the shape that the control service writes them, one
 * command after another.
 */
public final class ControlData {
    /** A boolean flag that is on. */
    public static final String ON =
            """
            {"state":"ENABLED","variants":{"on":true,"off":false},"defaultVariant":"on"}\
            """;

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final Lane lane;
    private final String epoch;
    private long revision;
    private String hash = "";

    private ControlData(Lane lane, String epoch) {
        this.lane = lane;
        this.epoch = epoch;
    }

    /** A data set of a random epoch at revision 1, without entries. */
    public static ControlData init(Lane lane) {
        ControlData data = new ControlData(lane, UUID.randomUUID().toString());
        data.change("[]");
        return data;
    }

    /** Writes a flag as one revision. */
    public ControlData flag(String key, String definition, boolean killed) {
        Flag flag = Flag.of(FlagDefinition.parse(key, EntryCodec.parse(key, definition)));
        return put(
                Kind.FLAG,
                key,
                EntryCodec.encodeFlag(new Entry<>(killed ? flag.kill() : flag, next())));
    }

    /** Writes a setting as one revision. */
    public ControlData setting(String key, String value) {
        JsonNode json = EntryCodec.parse(key, value);
        return put(Kind.SETTING, key, EntryCodec.encodeSetting(new Entry<>(json, next())));
    }

    /** Writes a client as one revision. */
    public ControlData client(Client client) {
        return put(Kind.CLIENT, client.id(), EntryCodec.encodeClient(new Entry<>(client, next())));
    }

    /** Writes an entry of any content as one revision. */
    public ControlData put(Kind kind, String key, JsonNode value) {
        send(Command.HSET, ControlKeys.entries(kind), key, value.toString());
        ObjectNode write = JsonNodeFactory.instance.objectNode();
        write.put("kind", kind.label()).put("key", key).set("value", value);
        return change("[" + write + "]");
    }

    /** Makes a revision that says {@code writes}, whatever the entries are. */
    public ControlData change(String writes) {
        String previous = advance();
        send(
                Command.XADD,
                ControlKeys.CHANGES,
                ControlKeys.streamId(revision),
                "epoch",
                epoch,
                "previous",
                previous,
                "hash",
                hash,
                "writes",
                writes);
        return this;
    }

    /** Makes a revision that the change stream does not have. */
    public ControlData unannounced(Kind kind, String key, JsonNode value) {
        send(Command.HSET, ControlKeys.entries(kind), key, value.toString());
        advance();
        return this;
    }

    /** Goes on as if the latest revision had another hash. */
    public ControlData forked() {
        hash = "0";
        return this;
    }

    /** Sends any command. */
    public ControlData send(Command command, String... args) {
        Request request = Request.cmd(command);
        for (String arg : args) {
            request.arg(arg);
        }
        lane.send(request, Lane.Access.WRITE);
        return this;
    }

    /** The latest revision written. */
    public long revision() {
        return revision;
    }

    /** What the next write says of itself. */
    public LastChange next() {
        return new LastChange(revision + 1, "tester", "a test", AT);
    }

    private String advance() {
        String previous = hash;
        revision++;
        hash = Integer.toHexString((epoch + previous + revision).hashCode());
        long entries = 0;
        for (Kind kind : Kind.values()) {
            var length =
                    lane.send(
                            Request.cmd(Command.HLEN).arg(ControlKeys.entries(kind)),
                            Lane.Access.READ);
            entries += length == null ? 0 : length.toLong();
        }
        send(
                Command.HSET,
                ControlKeys.META,
                "epoch",
                epoch,
                "revision",
                String.valueOf(revision),
                "hash",
                hash,
                "entries",
                String.valueOf(entries));
        return previous;
    }
}
