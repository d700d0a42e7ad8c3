package io.trekpoint.control.ofrep;

import io.trekpoint.control.Keys;
import java.util.UUID;

/** Flags that a test defines for itself. */
final class DefinedFlags {
    private DefinedFlags() {}

    /** Defines a flag, given in JSON with single quotes; answers its key. */
    static String define(String definition) {
        String key = "ofrep." + UUID.randomUUID();
        redefine(key, definition, "If-None-Match", "*");
        return key;
    }

    /** Defines a flag anew, whatever it was. */
    static void redefine(String key, String definition) {
        redefine(key, definition, "If-Match", "*");
    }

    /** Kills a flag, or restores it. */
    static void turn(String key, String action) {
        Keys.as("operator")
                .body("{\"reason\":\"a test\"}")
                .post("/v1/flags/" + key + "/" + action)
                .then()
                .statusCode(200);
    }

    /** A flag of two variants of which the first is the default. */
    static String flag(String first, String second, String metadata) {
        return "{'state':'ENABLED','variants':{'a':%s,'b':%s},'defaultVariant':'a','metadata':{%s}}"
                .formatted(first, second, metadata);
    }

    private static void redefine(String key, String definition, String header, String value) {
        Keys.as("operator")
                .header(header, value)
                .body(
                        "{\"definition\":"
                                + definition.replace('\'', '"')
                                + ",\"reason\":\"a test\"}")
                .put("/v1/flags/" + key)
                .then()
                .statusCode(200);
    }
}
