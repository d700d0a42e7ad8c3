package io.trekpoint.control.audit;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.mirror.ControlJournal;
import io.trekpoint.lanes.mirror.EntryCodec;
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
    private static final int MOST = 200;

    private final ControlJournal journal;

    AuditResource(ControlJournal journal) {
        this.journal = journal;
    }

    /** Newest first; {@code before} takes the last revision of a page to the next one. */
    @GET
    @Allowed(Role.VIEWER)
    public AuditPage list(
            @QueryParam("before") @DefaultValue("9007199254740991") String before,
            @QueryParam("limit") @DefaultValue("50") String limit) {
        return new AuditPage(
                journal
                        .audit(
                                wholeNumber("before", before, Long.MAX_VALUE),
                                (int) wholeNumber("limit", limit, MOST))
                        .stream()
                        .map(r ->
                                new AuditPage.AuditedRevision(
                                        r.revision(),
                                        EntryCodec.parse("audit entry", r.entry()),
                                        r.previous(),
                                        r.hash()))
                        .toList());
    }

    /** The framework calls a number it cannot read a path that does not exist. */
    private static long wholeNumber(String name, String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below, as a number out of bounds is.
        }
        throw ProblemException.invalid(
                ProblemType.INVALID_REQUEST, name, "must be a whole number from 1 to " + most);
    }
}
