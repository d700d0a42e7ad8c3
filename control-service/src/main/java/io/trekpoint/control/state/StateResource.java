package io.trekpoint.control.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.trekpoint.control.auth.Allowed;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.mirror.ControlSnapshot;
import io.trekpoint.lanes.mirror.Head;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.StateDocument;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestResponse;

/** The control state as mirrors take it while they cannot read Redis. */
@Path("/v1/state")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class StateResource {
    private final Mirror mirror;

    StateResource(Mirror mirror) {
        this.mirror = mirror;
    }

    /** The whole state with where it is from; 304 where the caller has this revision. */
    @GET
    @Allowed(Role.READER)
    public RestResponse<ObjectNode> get(@Context Request request) {
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
}
