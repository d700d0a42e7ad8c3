package io.trekpoint.control.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.flag.FlagUse;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.store.Draft;
import io.trekpoint.control.store.Plan;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.flag.Flag;
import io.trekpoint.lanes.flag.FlagDefinition;
import io.trekpoint.lanes.flag.FlagSetPart;
import io.trekpoint.lanes.flag.InvalidFlagException;
import io.trekpoint.lanes.flag.rule.Evaluators;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.EntryKey;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.UnreadableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the control state what a document says, in one revision. An entry that is so already is
 * left alone.
 *
 * @param imported what the document brings
 * @param replaces whether flags and settings that it does not have are deleted
 * @param use who would miss a flag; absent where nobody is asked
 */
record StateImport(ImportedState imported, boolean replaces, Optional<FlagUse> use)
        implements Plan {
    @Override
    public void draw(Draft draft) {
        imported.parts().forEach((key, value) -> part(draft, key, value));
        imported.flags().forEach((key, flag) -> flag(draft, key, flag));
        imported.settings().forEach((key, value) -> setting(draft, key, value));
        imported.clients().forEach((id, client) -> client(draft, id, client));
        if (replaces) {
            draft.all().forEach((key, form) -> dropUnlessBrought(draft, key, form));
        }
        recheck(draft);
    }

    /** Flags that stay as they are have to go together with the shared rules that change. */
    private void recheck(Draft draft) {
        Map<EntryKey, JsonNode> all = draft.all();
        Map<String, JsonNode> parts = new HashMap<>();
        all.forEach((key, form) -> {
            boolean part = key.kind() == Kind.FLAG && FlagSetPart.isKey(key.key());
            if (part && !EntryCodec.isDeleted(form)) {
                parts.put(key.key(), form.path("value"));
            }
        });
        Evaluators evaluators = FlagSetPart.evaluators(parts);
        all.forEach((key, form) -> {
            boolean stays =
                    key.kind() == Kind.FLAG
                            && !FlagSetPart.isKey(key.key())
                            && !EntryCodec.isDeleted(form)
                            && !imported.flags().containsKey(key.key());
            if (stays) {
                recheck(key.key(), form.path("definition"), evaluators);
            }
        });
    }

    /** One that says nothing of shared rules is none of the import's business. */
    private static void recheck(String key, JsonNode definition, Evaluators evaluators) {
        if (!definition.isObject()
                || Evaluators.referencesOf(definition.path("targeting")).isEmpty()) {
            return;
        }
        try {
            FlagDefinition.parse(key, definition, evaluators);
        } catch (InvalidFlagException e) {
            throw ProblemException.invalid(ProblemType.INVALID_VALUE, e.field(), e.rule())
                    .within("flags." + key);
        }
    }

    private static void flag(Draft draft, String key, ImportedState.ImportedFlag brought) {
        EntryKey entry = new EntryKey(Kind.FLAG, key);
        Optional<JsonNode> stored = draft.stored(entry);
        boolean killedNow =
                stored.filter(form -> !EntryCodec.isDeleted(form))
                        .map(form -> form.path("killed").asBoolean(false))
                        .orElse(false);
        try {
            Flag flag = new Flag(brought.definition(), brought.killed().orElse(killedNow));
            boolean same =
                    stored.filter(form -> !EntryCodec.isDeleted(form))
                            .filter(form ->
                                    form.path("definition").equals(flag.definition().json()))
                            .filter(form -> flag.killed() == killedNow)
                            .isPresent();
            if (!same) {
                draft.put(entry, EntryCodec.encodeFlag(new Entry<>(flag, draft.change())));
            }
        } catch (InvalidFlagException e) {
            throw ProblemException.invalid(ProblemType.INVALID_VALUE, e.field(), e.rule())
                    .within("flags." + key);
        }
    }

    private static void part(Draft draft, String key, JsonNode value) {
        value(draft, new EntryKey(Kind.FLAG, key), value);
    }

    private static void setting(Draft draft, String key, JsonNode value) {
        value(draft, new EntryKey(Kind.SETTING, key), value);
    }

    /** Settings and what flags have in common are stored alike. */
    private static void value(Draft draft, EntryKey entry, JsonNode value) {
        boolean same =
                draft.stored(entry)
                        .filter(form -> !EntryCodec.isDeleted(form))
                        .filter(form -> form.path("value").equals(value))
                        .isPresent();
        if (!same) {
            draft.put(entry, EntryCodec.encodeSetting(new Entry<>(value, draft.change())));
        }
    }

    /** Who is revoked stays so: the document may be older than that. */
    private static void client(Draft draft, String id, Client brought) {
        EntryKey entry = new EntryKey(Kind.CLIENT, id);
        Optional<Client> stored = draft.stored(entry).flatMap(form -> clientOf(id, form));
        Client client = stored.filter(Client::revoked).map(_ -> brought.revoke()).orElse(brought);
        if (!stored.equals(Optional.of(client))) {
            draft.put(entry, EntryCodec.encodeClient(new Entry<>(client, draft.change())));
        }
    }

    /** Clients are revoked, never dropped. */
    private void dropUnlessBrought(Draft draft, EntryKey key, JsonNode form) {
        boolean drops =
                switch (key.kind()) {
                    case FLAG ->
                            !imported.flags().containsKey(key.key())
                                    && !imported.parts().containsKey(key.key());
                    case SETTING ->
                            !imported.flagsOnly() && !imported.settings().containsKey(key.key());
                    case CLIENT, SCHEDULE -> false;
                };
        if (!drops || EntryCodec.isDeleted(form)) {
            return;
        }
        if (key.kind() == Kind.FLAG && !FlagSetPart.isKey(key.key())) {
            use.ifPresent(asked -> asked.refuseIfUsed(key.key()));
        }
        draft.put(key, EntryCodec.encodeDeleted(form, draft.change()));
    }

    private static Optional<Client> clientOf(String id, JsonNode form) {
        try {
            return Optional.of(EntryCodec.decodeClient(id, form).value());
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }
}
