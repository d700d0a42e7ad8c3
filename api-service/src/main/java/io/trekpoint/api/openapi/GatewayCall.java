package io.trekpoint.api.openapi;

import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;

/** What can be asked of the gateway, as far as the terms differ. */
enum GatewayCall {
    SUBMIT("submit", "submit"),
    LIST("jobs", "listJobs"),
    SHOW("jobs", "showJob"),
    CANCEL("jobs", "cancelJob"),
    FOLLOW("jobs", "followJob"),
    RESULT("results", "fetchResult"),
    ME("me", "showMe"),
    STATUS("status", "showStatus");

    private final String tag;
    private final String operationId;

    GatewayCall(String tag, String operationId) {
        this.tag = tag;
        this.operationId = operationId;
    }

    /** Under which heading it is listed. */
    String tag() {
        return tag;
    }

    /**
     * Its name in clients that are generated; of a submit, only where there is one for all types.
     */
    String operationId() {
        return operationId;
    }

    /** Those that want to know who asks. */
    static Set<GatewayCall> ofCallers() {
        return EnumSet.complementOf(EnumSet.of(STATUS));
    }

    /** Those that count against the limits of who asks. */
    static Set<GatewayCall> limited() {
        return EnumSet.complementOf(EnumSet.of(STATUS, ME));
    }

    /** Those about one job that is there. */
    static Set<GatewayCall> ofOneJob() {
        return EnumSet.of(SHOW, CANCEL, FOLLOW, RESULT);
    }

    /** The call of an operation. */
    static GatewayCall of(HttpMethod method, String path) {
        if (method == HttpMethod.POST) {
            return SUBMIT;
        }
        if (method == HttpMethod.DELETE) {
            return CANCEL;
        }
        return switch (path) {
            case "/v1/jobs" -> LIST;
            case "/v1/jobs/{id}" -> SHOW;
            case "/v1/jobs/{id}/events" -> FOLLOW;
            case "/v1/jobs/{id}/result" -> RESULT;
            case "/v1/me" -> ME;
            case "/status" -> STATUS;
            default -> throw new IllegalArgumentException("no terms for " + method + " " + path);
        };
    }
}
