package io.trekpoint.control.change;

import io.trekpoint.control.client.ClientSteps;
import io.trekpoint.control.flag.FlagSteps;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.setting.SettingSteps;
import io.trekpoint.control.store.Draft;
import io.trekpoint.control.store.Plan;
import io.trekpoint.control.store.Precondition;
import io.trekpoint.control.store.Reads;
import io.trekpoint.control.store.Step;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.flag.InvalidFlagException;
import io.trekpoint.lanes.mirror.EntryKey;
import io.trekpoint.lanes.setting.InvalidSettingException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns proposed changes into the steps of one revision; what is wrong with one names its index.
 */
@Singleton
final class ChangeSteps {
    /** No step at all. */
    static final Steps NONE = new Steps(List.of());

    private final FlagSteps flags;
    private final SettingSteps settings;
    private final ClientSteps clients;

    ChangeSteps(FlagSteps flags, SettingSteps settings, ClientSteps clients) {
        this.flags = flags;
        this.settings = settings;
        this.clients = clients;
    }

    /** The steps of one revision, in the order of the changes. */
    record Steps(List<Step> all) implements Plan {
        Reads reads() {
            return Reads.of(all.stream().map(Step::entry).toList());
        }

        Reads readsWith(EntryKey further) {
            List<EntryKey> keys = new ArrayList<>(all.stream().map(Step::entry).toList());
            keys.add(further);
            return Reads.of(keys);
        }

        @Override
        public void draw(Draft draft) {
            for (int i = 0; i < all.size(); i++) {
                Step step = all.get(i);
                at(
                        i,
                        () -> {
                            step.draw(draft);
                            return step;
                        });
            }
        }
    }

    /**
     * The steps of a set of changes.
     *
     * @throws ProblemException for the first change that is wrong in itself
     */
    Steps of(List<ProposedChange> changes) {
        List<Step> steps = new ArrayList<>();
        Set<EntryKey> entries = new HashSet<>();
        for (int i = 0; i < changes.size(); i++) {
            ProposedChange change = changes.get(i);
            Step step = at(i, () -> step(change));
            if (!entries.add(step.entry())) {
                throw invalid("key", "must be of an entry that no change before it changes")
                        .within(part(i));
            }
            steps.add(step);
        }
        return new Steps(steps);
    }

    /** Who may make such changes: clients are for administrators. */
    static Role roleFor(List<ProposedChange> changes) {
        return changes.stream().anyMatch(change -> change.kind().equals("client"))
                ? Role.ADMIN
                : Role.OPERATOR;
    }

    private Step step(ProposedChange change) {
        String action = change.action() == null ? "put" : change.action();
        return switch (change.kind()) {
            case "flag" -> flag(change, action);
            case "setting" -> setting(change, action);
            case "client" -> client(change, action);
            default -> throw invalid("kind", "must be flag, setting or client");
        };
    }

    private Step flag(ProposedChange change, String action) {
        String key = change.key();
        return switch (action) {
            case "put" -> flags.put(key, given("definition", change.definition()), based(change));
            case "kill" -> flags.kill(key);
            case "restore" -> flags.restore(key);
            case "delete" -> flags.delete(key, based(change), change.force());
            default -> throw invalid("action", "must be put, kill, restore or delete");
        };
    }

    private Step setting(ProposedChange change, String action) {
        String key = change.key();
        return switch (action) {
            case "put" -> settings.put(key, given("value", change.value()), based(change));
            case "restore" -> settings.restore(key);
            case "delete" -> settings.delete(key, based(change));
            default -> throw invalid("action", "must be put, restore or delete");
        };
    }

    private Step client(ProposedChange change, String action) {
        String id = change.key();
        return switch (action) {
            case "put" -> {
                ProposedClient to = given("client", change.client());
                Precondition based = based(change);
                yield clients.put(id, "client.", to.name(), to.tier(), to.roles(), based);
            }
            case "revoke" -> clients.revoke(id);
            default -> throw invalid("action", "must be put or revoke");
        };
    }

    /** The ETag may be given as it came, with quotes, or as the revision alone. */
    private static Precondition based(ProposedChange change) {
        String tag = change.ifMatch();
        boolean bare = tag != null && !tag.isEmpty() && tag.chars().allMatch(Character::isDigit);
        return Precondition.of(bare ? "\"" + tag + "\"" : tag, change.ifNoneMatch());
    }

    private static <T> T given(String field, @Nullable T value) {
        if (value == null) {
            throw invalid(field, "must be given");
        }
        return value;
    }

    private static ProblemException invalid(String field, String rule) {
        return ProblemException.invalid(ProblemType.INVALID_VALUE, field, rule);
    }

    private static <T> T at(int index, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            throw e.within(part(index));
        } catch (InvalidFlagException e) {
            throw invalid(e.field(), e.rule()).within(part(index));
        } catch (InvalidSettingException e) {
            throw invalid(e.field(), e.rule()).within(part(index));
        }
    }

    private static String part(int index) {
        return "changes[" + index + "]";
    }
}
