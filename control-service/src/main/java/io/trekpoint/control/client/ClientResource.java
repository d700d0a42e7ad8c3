package io.trekpoint.control.client;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.control.auth.Caller;
import io.trekpoint.control.problem.RequestId;
import io.trekpoint.control.store.DryRun;
import io.trekpoint.control.store.Intent;
import io.trekpoint.control.store.Precondition;
import io.trekpoint.control.store.Step;
import io.trekpoint.lanes.client.Role;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jspecify.annotations.Nullable;

/** Clients and their API keys, for administrators. */
@Path("/v1/clients")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class ClientResource {
    private final Clients clients;
    private final ClientSteps steps;
    private final Caller caller;
    private final RequestId requestId;

    ClientResource(Clients clients, ClientSteps steps, Caller caller, RequestId requestId) {
        this.clients = clients;
        this.steps = steps;
        this.caller = caller;
        this.requestId = requestId;
    }

    /** Every client. */
    @GET
    @Allowed(Role.ADMIN)
    public ClientList list() {
        return clients.list();
    }

    /** One client; its {@code ETag} is what a {@code PUT} sends as {@code If-Match}. */
    @GET
    @Path("/{id}")
    @Allowed(Role.ADMIN)
    public RestResponse<ClientView> get(@PathParam("id") String id) {
        ClientView client = clients.get(id);
        return tagged(ResponseBuilder.ok(client), client).build();
    }

    /** Creates a client, and shows its key this once. */
    @POST
    @Allowed(Role.ADMIN)
    @APIResponse(
            responseCode = "201",
            description = "created",
            content = @Content(schema = @Schema(implementation = ClientKey.class)))
    public RestResponse<ClientKey> create(@NotNull @Valid ClientPost body) {
        Grants grants = Grants.of("", body.tier(), body.roles(), body.browser());
        ClientKey made =
                clients.create(body.name(), grants, body.browser(), by("create", body.reason()));
        return shownOnce(made, Status.CREATED)
                .location(URI.create("/v1/clients/" + made.client().id()))
                .build();
    }

    /** Gives a client another name, tier and roles. */
    @PUT
    @Path("/{id}")
    @Allowed(Role.ADMIN)
    @Parameter(
            name = "dryRun",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    public RestResponse<ClientChange> put(
            @PathParam("id") String id,
            @Context UriInfo uri,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid ClientPut body) {
        Step step =
                steps.put(
                        id,
                        "",
                        body.name(),
                        body.tier(),
                        body.roles(),
                        Precondition.of(ifMatch, null));
        return answer(
                clients.make(step, DryRun.of(uri.getQueryParameters()), by("put", body.reason())));
    }

    /** Makes another key, and shows it this once; the present one lives on for a while. */
    @POST
    @Path("/{id}/rotate")
    @Allowed(Role.ADMIN)
    public RestResponse<ClientKey> rotate(
            @PathParam("id") String id, @NotNull @Valid ClientRotate body) {
        ClientKey made = clients.rotate(id, body.oldEndsAt(), by("rotate", body.reason()));
        return shownOnce(made, Status.OK).build();
    }

    /** Ends the older key of a rotation now. */
    @POST
    @Path("/{id}/retire")
    @Allowed(Role.ADMIN)
    public RestResponse<ClientChange> retire(
            @PathParam("id") String id, @NotNull @Valid ClientWord body) {
        return answer(clients.retire(id, by("retire", body.reason())));
    }

    /** Refuses every key of a client from now on, for good. */
    @POST
    @Path("/{id}/revoke")
    @Allowed(Role.ADMIN)
    public RestResponse<ClientChange> revoke(
            @PathParam("id") String id, @NotNull @Valid ClientWord body) {
        return answer(clients.make(steps.revoke(id), false, by("revoke", body.reason())));
    }

    private Intent by(String action, String reason) {
        return new Intent(action, caller.id(), reason, requestId.value());
    }

    private static ResponseBuilder<ClientKey> shownOnce(ClientKey made, Status status) {
        CacheControl never = new CacheControl();
        never.setNoStore(true);
        ResponseBuilder<ClientKey> answer = ResponseBuilder.create(status, made);
        return tagged(answer, made.client()).cacheControl(never);
    }

    private static RestResponse<ClientChange> answer(ClientChange change) {
        return change.dryRun()
                ? RestResponse.ok(change)
                : tagged(ResponseBuilder.ok(change), change.client()).build();
    }

    private static <T> ResponseBuilder<T> tagged(ResponseBuilder<T> answer, ClientView client) {
        return answer.tag(new EntityTag(String.valueOf(client.revision())));
    }
}
