package io.trekpoint.control.openapi;

import io.trekpoint.control.problem.ProblemType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * What can be asked of this service, as far as it says how it may be refused.
 *
 * @param method its method
 * @param path the template of its path
 * @param takesBody whether it has one
 * @param parameters the names of those in the query and in headers
 */
record ControlCall(HttpMethod method, String path, boolean takesBody, Set<String> parameters) {
    private static final String INIT = "POST /v1/init";
    private static final String CHANGES = "POST /v1/changes";
    private static final String IMPORT = "POST /v1/state/import";
    private static final String RESTORE = "POST /v1/state/restore";
    private static final String CANCEL = "DELETE /v1/changes/{id}";
    private static final String RETRY = "POST /v1/dead-letters/{id}/retry";

    /** The call of an operation. */
    static ControlCall of(HttpMethod method, String path, Operation operation) {
        List<Parameter> parameters = operation.getParameters();
        Stream<Parameter> all = parameters == null ? Stream.of() : parameters.stream();
        return new ControlCall(
                method,
                path,
                operation.getRequestBody() != null,
                Set.copyOf(
                        all.filter(each -> each.getIn() != Parameter.In.PATH)
                                .map(Parameter::getName)
                                .toList()));
    }

    /** Its method and path, such as {@code GET /v1/flags}. */
    String name() {
        return method + " " + path;
    }

    /** Whether it wants to know who calls. */
    boolean isGuarded() {
        return !path.equals("/status");
    }

    /** Whether it creates the control state, and takes the token for that. */
    boolean isInit() {
        return is(INIT);
    }

    /** Whether it is of the Remote Evaluation Protocol, which says itself how it refuses. */
    boolean isOfrep() {
        return path.startsWith("/ofrep/");
    }

    /** Whether it opens the event stream of the Remote Evaluation Protocol. */
    boolean isEvents() {
        return path.equals("/ofrep/v1/events");
    }

    /**
     * Whether it may end with a problem of that type; false for those that any call may end with.
     */
    boolean mayEndWith(ProblemType type) {
        return switch (type) {
            case UNAUTHENTICATED, FORBIDDEN -> isGuarded();
            case INVALID_REQUEST -> !isOfrep() && (takesBody || !parameters.isEmpty());
            case MALFORMED_JSON, UNSUPPORTED_MEDIA_TYPE -> takesBody && !isOfrep();
            case TOO_LARGE -> takesBody;
            case NOT_FOUND -> looksForOne();
            case CONFLICT -> is(CHANGES, IMPORT, RETRY) || changesOneClient();
            case IN_USE -> is("DELETE /v1/flags/{key}", CHANGES, IMPORT);
            case ALREADY_INITIALISED -> is(INIT, RESTORE);
            case NOT_DIVERGED -> is(RESTORE);
            case PRECONDITION_FAILED -> isConditional();
            case PRECONDITION_REQUIRED -> isConditional() && !path.endsWith("/rollback");
            case INVALID_VALUE -> changesState() && !is(RESTORE, CANCEL);
            case TOO_MANY_REQUESTS -> isOfrep() || is(CHANGES, IMPORT);
            case CONTROL_UNAVAILABLE -> changesState() || readsRedis();
            case CONTROL_DIVERGED -> changesState() && !is(INIT, RESTORE);
            case NOT_INITIALISED -> changesState() && !is(INIT);
            case JOBS_UNAVAILABLE -> isOfJobs();
            case JOB_UNREADABLE -> path.startsWith("/v1/dead-letters");
            case METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, INTERNAL, REFUSED -> false;
        };
    }

    private boolean is(String... names) {
        return Set.of(names).contains(name());
    }

    private boolean isOfJobs() {
        return path.startsWith("/v1/queues") || path.startsWith("/v1/dead-letters");
    }

    private boolean changesState() {
        return method != HttpMethod.GET && !isOfJobs() && !isOfrep();
    }

    private boolean changesOneClient() {
        return changesState() && path.startsWith("/v1/clients/");
    }

    /** Everything else is known by heart. */
    private boolean readsRedis() {
        return method == HttpMethod.GET
                && (path.startsWith("/v1/audit")
                        || path.endsWith("/history")
                        || path.endsWith("/evaluations")
                        || Set.of("/v1/stale-flags", "/v1/state").contains(path));
    }

    /** A flag that is not there is created; a revision of the past may be beyond memory. */
    private boolean looksForOne() {
        return (!isOfrep() && path.contains("{") && !is("PUT /v1/flags/{key}"))
                || is(CHANGES, "GET /v1/state");
    }

    private boolean isConditional() {
        return parameters.contains("If-Match") || is(CHANGES);
    }
}
