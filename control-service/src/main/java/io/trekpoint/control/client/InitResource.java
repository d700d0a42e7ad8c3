package io.trekpoint.control.client;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Unguarded;
import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.control.problem.RequestId;
import io.trekpoint.control.store.ControlStore;
import io.trekpoint.lanes.mirror.Head;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Creates a control data set, once, on the word of whoever holds the init token. */
@Path("/v1/init")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class InitResource {
    private static final String SCHEME = "Bearer ";

    private final InitConfig config;
    private final ControlStore store;
    private final RequestId requestId;

    InitResource(InitConfig config, ControlStore store, RequestId requestId) {
        this.config = config;
        this.store = store;
        this.requestId = requestId;
    }

    /** Creates the epoch, revision 1 and the first clients, and shows their keys. */
    @POST
    @Unguarded
    @APIResponse(
            responseCode = "201",
            description = "created",
            content = @Content(schema = @Schema(implementation = InitAnswer.class)))
    public RestResponse<InitAnswer> init(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @NotNull @Valid InitRequest body) {
        authorise(authorization);
        List<KeyedClient> clients = KeyedClient.create(body.clients(), config.keyEnvironment());
        Head head =
                store.init(
                                requestId.value(),
                                change -> clients.stream().map(c -> c.write(change)).toList())
                        .orElseThrow(() ->
                                new ProblemException(
                                        ProblemType.ALREADY_INITIALISED,
                                        "A control state is there, or was known here."));
        InitAnswer answer =
                new InitAnswer(
                        head.epoch(),
                        head.revision(),
                        clients.stream().map(KeyedClient::show).toList());
        return RestResponse.status(RestResponse.Status.CREATED, answer);
    }

    private void authorise(@Nullable String authorization) {
        String token =
                config.initToken()
                        .orElseThrow(() ->
                                new ProblemException(
                                        ProblemType.FORBIDDEN,
                                        "This service was started without an init token."));
        byte[] expected = (SCHEME + token).getBytes(StandardCharsets.UTF_8);
        byte[] shown = String.valueOf(authorization).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, shown)) {
            throw new ProblemException(
                    ProblemType.UNAUTHENTICATED,
                    "Send the init token as Authorization: Bearer <token>.");
        }
    }
}
