package io.trekpoint.system.ofrep;

import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;

/** The flags that clients are tested with, and what operators do to them. */
record Flags(Caller operator) {
    /** One flag of each type; {@code banner} is another for the tier {@code pro}. */
    void define() {
        define("banner", "'red'", "'blue'", "{'if':[{'==':[{'var':'tier'},'pro']},'b',null]}");
        define("search", "true", "false", "{}");
        define("zoom", "5", "7", "{}");
        define("opacity", "1.0", "0.5", "{}");
        define("layers", "{'names':['relief']}", "{}", "{}");
        define("broken", "true", "false", "{'var':'tier'}");
    }

    /** Kills a flag, or restores it. */
    void turn(String key, String action) {
        require(operator.postJson("/v1/flags/" + key + "/" + action, "{\"reason\":\"a test\"}"));
    }

    private void define(String key, String a, String b, String targeting) {
        String definition =
                "{'state':'ENABLED','variants':{'a':%s,'b':%s},'defaultVariant':'a','targeting':%s}"
                        .formatted(a, b, targeting)
                        .replace('\'', '"');
        String body = "{\"definition\":%s,\"reason\":\"a test\"}".formatted(definition);
        require(operator.putJson("/v1/flags/" + key, body, "If-None-Match", "*"));
    }

    private static void require(Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("the control service answered " + answer);
        }
    }
}
