package io.trekpoint.control.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trekpoint.lanes.mirror.AuditRecord;
import java.util.Optional;

/**
 * Follows the chain of hashes, revision by revision, oldest first. Where it begins after revision
 * 1, the hash before it is taken on trust. Not thread-safe.
 */
final class ChainCheck {
    /** An entry wraps forms that were JSON by themselves, which readers take a thousand deep. */
    private static final int DEEPEST = 1_100;

    private static final ObjectMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .build())
                    .build();

    private long from;
    private long revision;
    private String hash = "";
    private String epoch = "";

    /**
     * Where a chain breaks.
     *
     * @param revision the revision that does not follow
     * @param why what is wrong with it
     */
    record Flaw(long revision, String why) {}

    /** The first revision taken; 0 while there is none. */
    long from() {
        return from;
    }

    /** The revision up to which the chain is whole; 0 while there is none. */
    long revision() {
        return revision;
    }

    /** Its hash. */
    String hash() {
        return hash;
    }

    /**
     * Takes the next revision.
     *
     * @return how it fails to follow; then it was not taken
     */
    Optional<Flaw> take(AuditRecord next) {
        Optional<String> why = flaw(next);
        if (why.isEmpty()) {
            from = from == 0 ? next.revision() : from;
            revision = next.revision();
            hash = next.hash();
        }
        return why.map(text -> new Flaw(next.revision(), text));
    }

    private Optional<String> flaw(AuditRecord next) {
        JsonNode entry;
        try {
            entry = JSON.readTree(next.entry());
        } catch (JsonProcessingException e) {
            return Optional.of("its entry is not JSON");
        }
        if (from == 0 ? next.revision() == 1 && !next.previous().isEmpty() : !follows(next)) {
            return Optional.of("its previous hash is not that of revision " + revision);
        }
        if (from != 0 && next.revision() != revision + 1 && !mayLeap(next, entry)) {
            return Optional.of("revisions are missing before it, from " + (revision + 1));
        }
        if (!AuditEntry.chain(next.previous(), next.entry()).equals(next.hash())) {
            return Optional.of("its hash is not that of its entry");
        }
        if (entry.path("revision").asLong() != next.revision()) {
            return Optional.of("its entry is of another revision");
        }
        if (!epoch.isEmpty() && !epoch.equals(entry.path("epoch").asText())) {
            return Optional.of("its entry is of another epoch");
        }
        epoch = entry.path("epoch").asText();
        return Optional.empty();
    }

    private boolean follows(AuditRecord next) {
        return next.previous().equals(hash);
    }

    /** A restored state goes above what anybody knew, over revisions that were lost with it. */
    private boolean mayLeap(AuditRecord next, JsonNode entry) {
        return next.revision() > revision
                && entry.path("action").asText().equals(AuditEntry.RESTORE_STATE);
    }
}
