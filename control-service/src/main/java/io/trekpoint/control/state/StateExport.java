package io.trekpoint.control.state;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.Kind;
import java.util.List;

/**
 * A control state to be kept elsewhere: {@code {format, epoch, revision, hash, flags, settings,
 * clients}}, entries as they are stored.
 */
final class StateExport {
    /** What an export says of itself. */
    static final String FORMAT = "trekpoint.control-state/1";

    private static final List<Kind> KINDS = List.of(Kind.FLAG, Kind.SETTING, Kind.CLIENT);

    private StateExport() {}

    static ObjectNode of(ControlState state, boolean secrets) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT)
                .put("epoch", state.head().epoch())
                .put("revision", state.head().revision())
                .put("hash", state.head().hash());
        for (Kind kind : KINDS) {
            ObjectNode entries = json.putObject(kind.plural());
            state.stored(kind)
                    .forEach((key, form) -> {
                        if (!EntryCodec.isDeleted(form)) {
                            entries.set(key, secrets ? form : form.without("secretHashes"));
                        }
                    });
        }
        return json;
    }
}
