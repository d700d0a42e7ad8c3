package io.trekpoint.control.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.trekpoint.lanes.flag.InvalidFlagException;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.job.CorruptRecordException;
import io.trekpoint.lanes.setting.InvalidSettingException;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns whatever ends a request into a problem document. */
final class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    private static final int RETRY_AFTER_SECONDS = 1;

    private final RequestId requestId;
    private final RoutingContext routing;
    private final AllowedMethods allowed;

    ProblemMapper(RequestId requestId, RoutingContext routing, AllowedMethods allowed) {
        this.requestId = requestId;
        this.routing = routing;
        this.allowed = allowed;
    }

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return answer(e.type(), e.detail(), e.field(), e.rule());
    }

    @ServerExceptionMapper
    Response flag(InvalidFlagException e) {
        return problem(ProblemException.invalid(ProblemType.INVALID_VALUE, e.field(), e.rule()));
    }

    @ServerExceptionMapper
    Response setting(InvalidSettingException e) {
        return problem(ProblemException.invalid(ProblemType.INVALID_VALUE, e.field(), e.rule()));
    }

    @ServerExceptionMapper
    Response lane(LaneException e) {
        ProblemType type =
                switch (e.lane()) {
                    case JOBS -> ProblemType.JOBS_UNAVAILABLE;
                    case CONTROL, LIMITS -> ProblemType.CONTROL_UNAVAILABLE;
                };
        return answer(type, e.getMessage() + ".", null, null);
    }

    @ServerExceptionMapper
    Response corrupt(CorruptRecordException e) {
        return answer(ProblemType.JOB_UNREADABLE, e.getMessage() + ".", null, null);
    }

    @ServerExceptionMapper
    Response validation(ConstraintViolationException e) {
        ConstraintViolation<?> first =
                e.getConstraintViolations().stream()
                        .min(Comparator.comparing(v -> v.getPropertyPath().toString()))
                        .orElseThrow();
        String path = first.getPropertyPath().toString();
        // The path opens with the method and, for a body, the name of its parameter.
        String field = path.replaceFirst("^[^.]*\\.(body\\.)?", "");
        return problem(
                ProblemException.invalid(ProblemType.INVALID_REQUEST, field, first.getMessage()));
    }

    @ServerExceptionMapper
    Response tooLarge(BodyLimit.TooLargeException e) {
        return answer(ProblemType.TOO_LARGE, String.valueOf(e.getMessage()), null, null);
    }

    /** The framework has a mapper for this one, which only this one replaces. */
    @ServerExceptionMapper
    Response mismatch(MismatchedInputException e) {
        return json(e);
    }

    @ServerExceptionMapper
    Response json(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return problem(
                    ProblemException.invalid(
                            ProblemType.INVALID_REQUEST,
                            path(unknown),
                            "is not a field of this request"));
        }
        JsonLocation at = e.getLocation();
        if (e instanceof StreamReadException || !(e instanceof JsonMappingException mapping)) {
            return malformed(e.getOriginalMessage(), at);
        }
        return path(mapping).isEmpty()
                ? malformed("the body must be one JSON object", at)
                : problem(
                        ProblemException.invalid(
                                ProblemType.INVALID_REQUEST,
                                path(mapping),
                                "is of the wrong type"));
    }

    @ServerExceptionMapper
    Response http(WebApplicationException e) {
        if (e.getCause() instanceof JacksonException json) {
            return json(json);
        }
        Set<String> methods = allowed.of(routing.normalizedPath());
        int status = status(e, methods);
        ProblemType type =
                switch (status) {
                    case 401 -> ProblemType.UNAUTHENTICATED;
                    case 403 -> ProblemType.FORBIDDEN;
                    case 404 -> ProblemType.NOT_FOUND;
                    case 405 -> ProblemType.METHOD_NOT_ALLOWED;
                    case 406 -> ProblemType.NOT_ACCEPTABLE;
                    case 413 -> ProblemType.TOO_LARGE;
                    case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
                    default -> status >= 500 ? ProblemType.INTERNAL : ProblemType.REFUSED;
                };
        if (type == ProblemType.INTERNAL) {
            LOG.errorf(e, "request %s", requestId.value());
        }
        Response answer = answer(type, type.title(), null, null);
        return status == 405
                ? Response.fromResponse(answer)
                        .header(HttpHeaders.ALLOW, String.join(", ", methods))
                        .build()
                : answer;
    }

    /**
     * A resource that has the path and not the method is passed over in favour of another that has
     * neither.
     */
    private static int status(WebApplicationException e, Set<String> methods) {
        int status = e.getResponse().getStatus();
        return status == 404 && !methods.isEmpty() ? 405 : status;
    }

    /** Whoever asked has hung up in the middle of the answer: no fault, and nobody to tell. */
    @ServerExceptionMapper
    Response unwritten(IOException e) {
        if (!routing.response().closed()) {
            return unexpected(e);
        }
        LOG.debugf("request %s: the caller has hung up", requestId.value());
        return answer(ProblemType.REFUSED, ProblemType.REFUSED.title(), null, null);
    }

    @ServerExceptionMapper
    Response unexpected(Exception e) {
        LOG.errorf(e, "request %s", requestId.value());
        return answer(ProblemType.INTERNAL, "The request id leads to it in the log.", null, null);
    }

    private Response malformed(String detail, @Nullable JsonLocation at) {
        ProblemType type = ProblemType.MALFORMED_JSON;
        Integer line = at == null ? null : at.getLineNr();
        Integer column = at == null ? null : at.getColumnNr();
        // Jackson's text goes on with its source and class names in lines of their own.
        String said = detail.lines().findFirst().orElse(type.title());
        return build(
                new Problem(
                        type.urn(),
                        type.title(),
                        type.status(),
                        said,
                        requestId.value(),
                        null,
                        null,
                        line,
                        column,
                        null,
                        null,
                        null));
    }

    private Response answer(
            ProblemType type, String detail, @Nullable String field, @Nullable String rule) {
        return build(
                new Problem(
                        type.urn(),
                        type.title(),
                        type.status(),
                        detail,
                        requestId.value(),
                        field,
                        rule,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    private Response build(Problem said) {
        Problem problem = requestId.isOfrep() ? said.forOfrep() : said;
        Response.ResponseBuilder response =
                Response.status(problem.status()).entity(problem).type(Problem.MEDIA_TYPE);
        if (problem.status() == 503 || problem.status() == 429) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (problem.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "ApiKey header=\"X-API-Key\"");
        }
        return response.build();
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(part ->
                        part.getFieldName() == null
                                ? "[" + part.getIndex() + "]"
                                : "." + part.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
