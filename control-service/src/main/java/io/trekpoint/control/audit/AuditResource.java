package io.trekpoint.control.audit;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.mirror.AuditRecord;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit for operators. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class AuditResource {
    private static final int BUFFER = 64 * 1024;

    private final AuditReading reading;
    private final AuditVerifier verifier;
    private final AuditTrail trail;

    AuditResource(AuditReading reading, AuditVerifier verifier, AuditTrail trail) {
        this.reading = reading;
        this.verifier = verifier;
        this.trail = trail;
    }

    /** Newest first; {@code next} of a page is the {@code cursor} of the next one. */
    @GET
    @Allowed(Role.VIEWER)
    public AuditPage list(
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("key") @Nullable String key,
            @QueryParam("actor") @Nullable String actor,
            @QueryParam("action") @Nullable String action,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        return reading.page(new AuditQuery(kind, key, actor, action, from, to, cursor, limit));
    }

    /** Follows the chain of hashes through all there is, here and in Redis. */
    @GET
    @Path("/verify")
    @Allowed(Role.VIEWER)
    public AuditVerdict verify() {
        return verifier.verify();
    }

    /**
     * The whole audit, oldest first, one line for each revision, as {@code ./trek audit} checks.
     */
    @GET
    @Path("/export")
    @Produces("application/x-ndjson")
    @Allowed(Role.VIEWER)
    public StreamingOutput export() {
        return out -> {
            try (OutputStream lines = new BufferedOutputStream(out, BUFFER)) {
                for (List<AuditRecord> part = trail.after(0);
                        !part.isEmpty();
                        part = trail.after(part.getLast().revision())) {
                    for (AuditRecord each : part) {
                        lines.write(AuditLine.of(each).getBytes(StandardCharsets.UTF_8));
                        lines.write('\n');
                    }
                }
            }
        };
    }
}
