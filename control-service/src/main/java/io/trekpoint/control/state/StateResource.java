package io.trekpoint.control.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.control.auth.Caller;
import io.trekpoint.control.change.EntryChange;
import io.trekpoint.control.flag.FlagUse;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.problem.RequestId;
import io.trekpoint.control.store.ControlStore;
import io.trekpoint.control.store.DryRun;
import io.trekpoint.control.store.Intent;
import io.trekpoint.control.store.Made;
import io.trekpoint.control.store.Reads;
import io.trekpoint.control.store.Reason;
import io.trekpoint.control.store.StateRestorer;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.mirror.ControlSnapshot;
import io.trekpoint.lanes.mirror.Head;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.StateDocument;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The control state as a whole: for mirrors, and for operators who bring it away and back. */
@Path("/v1/state")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class StateResource {
    private final Mirror mirror;
    private final PastState past;
    private final ControlStore store;
    private final StateRestorer restorer;
    private final FlagUse use;
    private final Caller caller;
    private final RequestId requestId;

    StateResource(
            Mirror mirror,
            PastState past,
            ControlStore store,
            StateRestorer restorer,
            FlagUse use,
            Caller caller,
            RequestId requestId) {
        this.mirror = mirror;
        this.past = past;
        this.store = store;
        this.restorer = restorer;
        this.use = use;
        this.caller = caller;
        this.requestId = requestId;
    }

    /**
     * The whole state with where it is from; 304 where the caller has this revision. With {@code
     * at}, which takes the role operator, the state of a revision of the past without the hashes of
     * secrets.
     */
    @GET
    @Allowed(Role.READER)
    public RestResponse<ObjectNode> get(
            @Context Request request, @QueryParam("at") @Nullable String at) {
        if (at != null) {
            caller.require(Role.OPERATOR);
            return RestResponse.ok(past.at(revision(at)));
        }
        ControlSnapshot snapshot = mirror.current();
        Head head = snapshot.state().head();
        EntityTag tag = new EntityTag(head.epoch() + "-" + head.revision());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) {
            return RestResponse.ResponseBuilder.<ObjectNode>create(RestResponse.Status.NOT_MODIFIED)
                    .tag(tag)
                    .build();
        }
        return RestResponse.ResponseBuilder.ok(StateDocument.encode(snapshot)).tag(tag).build();
    }

    /**
     * The whole state to be kept elsewhere, deleted entries left out. With {@code secrets}, which
     * takes the role admin, clients carry the hashes of their secrets, so that they can be
     * imported.
     */
    @GET
    @Path("/export")
    @Allowed(Role.OPERATOR)
    @Parameter(
            name = "secrets",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    public ObjectNode export(@Context UriInfo uri) {
        boolean secrets = yes("secrets", uri);
        if (secrets) {
            caller.require(Role.ADMIN);
        }
        return StateExport.of(mirror.current().state(), secrets);
    }

    /**
     * Makes the state what a document says, as one revision: an export of a state, or a plain flagd
     * document. {@code merge} adds and changes; {@code replace} also deletes the flags and settings
     * that the document does not have. Clients take the role admin.
     */
    @POST
    @Path("/import")
    @Allowed(Role.OPERATOR)
    @Parameter(
            name = "dryRun",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @Parameter(
            name = "force",
            in = ParameterIn.QUERY,
            description = "although it drops flags that services ask for",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    public ImportAnswer bringIn(
            @Context UriInfo uri,
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("reason") @Nullable String reason,
            @NotNull JsonNode document) {
        boolean replaces = replaces(mode);
        boolean dryRun = yes("dryRun", uri);
        ImportedState imported =
                ImportedState.of(
                        document, replaces ? Map.of() : mirror.current().state().flagSetValues());
        if (!imported.clients().isEmpty()) {
            caller.require(Role.ADMIN);
        }
        StateImport plan =
                new StateImport(
                        imported,
                        replaces,
                        yes("force", uri) ? Optional.empty() : Optional.of(use));
        Intent by = by("import", dryRun ? "a dry run" : Reason.of(reason));
        Made made =
                dryRun
                        ? store.rehearse(by, Reads.everything(), plan)
                        : store.change(by, Reads.everything(), plan);
        return new ImportAnswer(
                made.revision(), dryRun, replaces ? "replace" : "merge", EntryChange.of(made));
    }

    /**
     * Puts the state that this service knows back into a Redis that has lost it, as a revision
     * above every known one.
     */
    @POST
    @Path("/restore")
    @Allowed(Role.ADMIN)
    public RestoreAnswer restore(@NotNull @Valid RestoreRequest body) {
        Long above = body.above();
        String replacing = body.replacing();
        Head head =
                restorer.restore(
                        by("restore-state", body.reason()),
                        above == null ? 0 : above,
                        replacing == null ? "" : replacing);
        return new RestoreAnswer(head.epoch(), head.revision(), head.hash());
    }

    private Intent by(String action, String reason) {
        return new Intent(action, caller.id(), reason, requestId.value());
    }

    private static boolean yes(String name, UriInfo uri) {
        return DryRun.yes(name, uri.getQueryParameters());
    }

    private static boolean replaces(@Nullable String mode) {
        if (mode == null || mode.equals("merge")) {
            return false;
        }
        if (mode.equals("replace")) {
            return true;
        }
        throw ProblemException.invalid(
                ProblemType.INVALID_REQUEST, "mode", "must be merge or replace");
    }

    private static long revision(String at) {
        try {
            long revision = Long.parseLong(at);
            if (revision > 0) {
                return revision;
            }
        } catch (NumberFormatException _) {
            // Told below, as a number out of bounds is.
        }
        throw ProblemException.invalid(ProblemType.INVALID_REQUEST, "at", "must be a revision");
    }
}
