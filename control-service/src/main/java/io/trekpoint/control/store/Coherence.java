package io.trekpoint.control.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.control.audit.AuditEntry;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Entry;
import io.trekpoint.lanes.mirror.EntryCodec;
import io.trekpoint.lanes.mirror.Kind;
import io.trekpoint.lanes.mirror.LastChange;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.UnreadableException;
import io.trekpoint.lanes.mirror.Write;
import io.trekpoint.lanes.setting.InvalidSettingException;
import io.trekpoint.lanes.setting.SettingCatalogue;
import io.trekpoint.lanes.setting.SettingKey;
import io.trekpoint.lanes.setting.SettingRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What must hold of the state as a whole after a change, however it was asked for: settings go
 * together, and somebody is left to administer the control service.
 */
final class Coherence {
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Mirror mirror;

    Coherence(Mirror mirror) {
        this.mirror = mirror;
    }

    /**
     * Checks a change before it is made.
     *
     * @param change which change, made on the revision before it
     * @throws InvalidSettingException naming the rule between settings that would not hold
     * @throws ProblemException 409 where the last administrator would go, 503 where this service is
     *     too far behind to judge
     */
    void check(LastChange change, List<AuditEntry.Diff> diffs) {
        List<Write> settings = of(Kind.SETTING, diffs);
        if (!settings.isEmpty()) {
            checkSettings(settings, before(change));
        }
        if (diffs.stream().anyMatch(Coherence::takesAnAdministrator)) {
            checkClients(of(Kind.CLIENT, diffs), before(change));
        }
    }

    private static void checkSettings(List<Write> writes, ControlState before) {
        Map<String, Optional<JsonNode>> after = new HashMap<>();
        writes.forEach(write -> after.put(write.key(), value(write)));
        List<SettingKey<?>> changed =
                after.keySet().stream()
                        .<SettingKey<?>>flatMap(key -> SettingCatalogue.find(key).stream())
                        .toList();
        SettingRule.check(
                changed, key -> after.containsKey(key) ? after.get(key) : before.stored(key));
    }

    private static void checkClients(List<Write> writes, ControlState before) {
        Map<String, Client> after = new HashMap<>();
        before.clients().forEach((id, entry) -> after.put(id, entry.value()));
        for (Write write : writes) {
            after.remove(write.key());
            client(write.key(), write.value()).ifPresent(client -> after.put(write.key(), client));
        }
        if (after.values().stream().noneMatch(Coherence::administers)) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Nobody else is an admin: the control service would have none.");
        }
    }

    /**
     * The state that the change is computed from. Should the mirror be ahead of it, the change
     * finds another head and is computed again.
     */
    private ControlState before(LastChange change) {
        try {
            if (mirror.awaitRevision(change.revision() - 1, LONGEST)) {
                return mirror.current().state();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(
                ProblemType.CONTROL_UNAVAILABLE,
                "This service does not know the latest state yet, and the change depends on it.");
    }

    private static boolean takesAnAdministrator(AuditEntry.Diff diff) {
        Write write = diff.write();
        return write.kind() == Kind.CLIENT
                && client(write.key(), diff.before()).filter(Coherence::administers).isPresent()
                && client(write.key(), write.value()).filter(Coherence::administers).isEmpty();
    }

    private static boolean administers(Client client) {
        return client.has(Role.ADMIN) && !client.revoked();
    }

    private static List<Write> of(Kind kind, List<AuditEntry.Diff> diffs) {
        return diffs.stream()
                .map(AuditEntry.Diff::write)
                .filter(write -> write.kind() == kind)
                .toList();
    }

    private static Optional<JsonNode> value(Write write) {
        return inUse(write.value()).map(form -> form.path("value"));
    }

    private static Optional<Client> client(String id, JsonNode form) {
        try {
            return inUse(form).map(f -> EntryCodec.decodeClient(id, f)).map(Entry::value);
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> inUse(JsonNode form) {
        return Stream.of(form).filter(f -> !f.isNull() && !EntryCodec.isDeleted(f)).findFirst();
    }
}
