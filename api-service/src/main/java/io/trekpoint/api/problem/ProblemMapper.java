package io.trekpoint.api.problem;

import io.trekpoint.api.gateway.Call;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.CorruptRecordException;
import io.trekpoint.lanes.job.MissingChunkException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one way from an exception to an error answer. */
public class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    private static final int RETRY_SECONDS = 2;
    private static final int HUNG_UP = 400;

    private final Call call;
    private final RoutingContext routing;
    private final StrayRefusal strays;
    private final AllowedMethods allowed;

    ProblemMapper(Call call, RoutingContext routing, StrayRefusal strays, AllowedMethods allowed) {
        this.call = call;
        this.routing = routing;
        this.strays = strays;
        this.allowed = allowed;
    }

    /** A problem that the code named itself. */
    @ServerExceptionMapper
    public Response problem(ProblemException e) {
        return answer(e);
    }

    /** A lane cannot answer. A submit that may have been carried out is told apart before. */
    @ServerExceptionMapper
    public Response laneDown(LaneException e) {
        LOG.debugf("request %s: %s", call.requestId(), e.getMessage());
        return answer(
                new ProblemException(
                                Problem.of(
                                        503,
                                        e.lane().label() + "-unavailable",
                                        "Temporarily unavailable",
                                        "The "
                                                + e.lane().label()
                                                + " store cannot answer just now. Try again; nothing was lost."))
                        .retryAfter(RETRY_SECONDS));
    }

    /** A stored job cannot be read as it stands. */
    @ServerExceptionMapper({CorruptRecordException.class, MissingChunkException.class})
    public Response unreadable(RuntimeException e) {
        LOG.errorf("request %s: %s", call.requestId(), e.getMessage());
        return answer(
                new ProblemException(
                                Problem.of(
                                        503,
                                        "job-unreadable",
                                        "Job unreadable",
                                        "What is stored of this job cannot be read. It is left as it is."))
                        .retryAfter(RETRY_SECONDS));
    }

    /** What the framework refuses: unknown paths, methods, media types. */
    @ServerExceptionMapper
    public Response framework(WebApplicationException e) {
        Set<String> methods = allowed.of(routing.normalizedPath());
        int status = status(e, methods);
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Error" : known.getReasonPhrase();
        Problem problem =
                switch (status) {
                    case 404 ->
                            Problem.of(404, "not-found", title, "There is nothing at this path.");
                    case 405 ->
                            Problem.of(
                                    405,
                                    "method-not-allowed",
                                    title,
                                    "This path does not take this method.");
                    case 406 ->
                            Problem.of(
                                    406,
                                    "not-acceptable",
                                    title,
                                    "None of the media types in Accept can be served.");
                    case 415 ->
                            Problem.of(
                                    415,
                                    "unsupported-media-type",
                                    title,
                                    "This path does not take this Content-Type.");
                    default ->
                            Problem.of(
                                    status,
                                    status < 500 ? "bad-request" : "internal",
                                    title,
                                    "The request could not be served.");
                };
        ProblemException refusal = new ProblemException(problem);
        if (status == 405) {
            refusal = refusal.header(HttpHeaders.ALLOW, String.join(", ", methods));
        }
        return answer(call.route().isEmpty() && status < 500 ? strays.of(refusal) : refusal);
    }

    /**
     * A resource that has the path and not the method is passed over in favour of another that has
     * neither.
     */
    private int status(WebApplicationException e, Set<String> methods) {
        int status = e.getResponse().getStatus();
        return status == 404 && call.route().isEmpty() && !methods.isEmpty() ? 405 : status;
    }

    /** Whoever asked has hung up in the middle: no fault of ours, and nobody to tell. */
    @ServerExceptionMapper
    public Response unwritten(IOException e) {
        if (!routing.response().closed()) {
            return unexpected(e);
        }
        LOG.debugf("request %s: the caller has hung up", call.requestId());
        // With a body, which nobody reads, the framework would complain that it cannot be written.
        return Response.status(HUNG_UP).build();
    }

    /** Everything that should not have happened. The log has the rest. */
    @ServerExceptionMapper
    public Response unexpected(Exception e) {
        LOG.errorf(e, "request %s failed", call.requestId());
        return answer(
                new ProblemException(
                        Problem.of(
                                500,
                                "internal",
                                "Internal error",
                                "This is our fault. The request id names it in our log.")));
    }

    private Response answer(ProblemException e) {
        Problem problem = e.problem().at(call.requestId());
        call.endsWith(problem.type());
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        e.headers().forEach(response::header);
        if (problem.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "ApiKey header=\"X-API-Key\", Bearer");
        }
        return response.build();
    }
}
