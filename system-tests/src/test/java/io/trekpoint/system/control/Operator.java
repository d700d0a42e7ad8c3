package io.trekpoint.system.control;

import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Product;
import java.net.http.HttpRequest.BodyPublishers;

/** What tests change about the control state, through the control service. */
final class Operator {
    private static final String EXPORT = "/v1/flags/gpx.export";
    private static final String QUOTA = "/v1/settings/gpx.export.monthly-quota";

    private final Caller control;

    Operator(Product product) {
        control = product.operator("operator");
    }

    /** Switches the exports off. */
    void killExport() {
        turn("kill");
    }

    /** Switches them on again. */
    void restoreExport() {
        turn("restore");
    }

    /** Switches the exports on for those a rule evaluates to true for, and off for the others. */
    void targetExport(String rule) {
        define("{\"if\": [" + rule + ", \"on\", \"off\"]}");
    }

    /** Switches the exports on for everybody. */
    void targetNobody() {
        define("{}");
    }

    /** Sets the monthly exports of the tier {@code pro}, on what the setting is now. */
    void setProQuota(int exports) {
        String tag = control.get(QUOTA).header("ETag");
        String body =
                "{\"value\": {\"tiers\": {\"pro\": %d}}, \"reason\": \"a test\"}"
                        .formatted(exports);
        require(control.putJson(QUOTA, body, "If-Match", tag));
    }

    private void define(String targeting) {
        String body =
                """
                {"definition": {"state": "ENABLED", "variants": {"on": true, "off": false},
                  "defaultVariant": "on", "targeting": %s}, "reason": "a test"}\
                """
                        .formatted(targeting);
        require(control.putJson(EXPORT, body, "If-Match", "*"));
    }

    /** Gives a setting a value, as JSON; the revision it makes. */
    long set(String key, String value) {
        String body = "{\"value\": %s, \"reason\": \"a test\"}".formatted(value);
        Answer answer = control.putJson("/v1/settings/" + key, body, "If-Match", "*");
        require(answer);
        return answer.json().path("revision").asLong();
    }

    /** Takes a setting's value away, if it has one: the code default stands. */
    void unset(String key) {
        String path = "/v1/settings/" + key;
        if (control.get(path).json().has("value")) {
            require(
                    control.send(
                            "DELETE",
                            path + "?reason=a+test",
                            BodyPublishers.noBody(),
                            "If-Match",
                            "*"));
        }
    }

    private void turn(String action) {
        require(control.postJson(EXPORT + "/" + action, "{\"reason\": \"a test\"}"));
    }

    private static void require(Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("the control service answered " + answer);
        }
    }
}
