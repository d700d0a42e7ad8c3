package io.trekpoint.control.audit;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.mirror.AuditRecord;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The audit for operators. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class AuditResource {
    private static final Logger LOG = Logger.getLogger(AuditResource.class);
    private static final int BUFFER = 64 * 1024;

    private final AuditReading reading;
    private final AuditVerifier verifier;
    private final AuditTrail trail;
    private final RoutingContext routing;

    AuditResource(
            AuditReading reading,
            AuditVerifier verifier,
            AuditTrail trail,
            RoutingContext routing) {
        this.reading = reading;
        this.verifier = verifier;
        this.trail = trail;
        this.routing = routing;
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
    @APIResponse(
            responseCode = "200",
            description = "lines of JSON",
            content =
                    @Content(
                            mediaType = "application/x-ndjson",
                            schema = @Schema(type = SchemaType.STRING)))
    public StreamingOutput export() {
        HttpServerResponse response = routing.response();
        return out -> {
            try (OutputStream lines = new BufferedOutputStream(out, BUFFER)) {
                write(lines, response);
            } catch (IOException e) {
                if (!response.closed()) {
                    throw e;
                }
            }
            // The end of a short rest can come before the news that nobody takes it.
            if (response.closed()) {
                LOG.debug("whoever asked for an export has hung up");
            }
        };
    }

    private void write(OutputStream lines, HttpServerResponse response) throws IOException {
        for (List<AuditRecord> part = trail.after(0);
                !part.isEmpty();
                part = trail.after(part.getLast().revision())) {
            for (AuditRecord each : part) {
                // What is written to nobody is dropped without a word, to the last entry.
                if (response.closed()) {
                    throw new IOException("the connection is closed");
                }
                lines.write(AuditLine.of(each).getBytes(StandardCharsets.UTF_8));
                lines.write('\n');
            }
        }
    }
}
