package io.trekpoint.control.audit;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.EntryCodec;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** The audit for operators. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class AuditResource {
    private final ControlJournal journal;

    AuditResource(ControlJournal journal) {
        this.journal = journal;
    }

    /** Newest first; {@code before} takes the last revision of a page to the next one. */
    @GET
    @Allowed(Role.VIEWER)
    public AuditPage list(
            @QueryParam("before") @DefaultValue("9007199254740991") @Min(1) long before,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return new AuditPage(
                journal.audit(before, limit).stream()
                        .map(r ->
                                new AuditPage.AuditedRevision(
                                        r.revision(),
                                        EntryCodec.parse("audit entry", r.entry()),
                                        r.previous(),
                                        r.hash()))
                        .toList());
    }
}
