package io.trekpoint.system.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Refusal;
import io.trekpoint.system.product.WholeProduct;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@ExtendWith(WholeProduct.class)
class ControlRefusalTest {
    private static final String FLAG = "/v1/flags/gpx.export";
    private static final String QUOTA = "/v1/settings/gpx.export.monthly-quota";
    private static final String DEFINITION =
            """
            {"definition": {"state": "ENABLED", "variants": {"on": true, "off": false},
             "defaultVariant": "on"}, "reason": "a test"}
            """;

    static final List<Refusal> REFUSALS =
            List.of(
                    new Refusal(
                            "stale If-Match",
                            p -> operator(p, FLAG, DEFINITION, "If-Match", "\"987654321\""),
                            412,
                            "precondition-failed",
                            "revision"),
                    new Refusal(
                            "no If-Match",
                            p -> operator(p, FLAG, DEFINITION),
                            428,
                            "precondition-required",
                            "If-Match"),
                    new Refusal(
                            "value above its bound",
                            p -> operator(p, QUOTA, quota("1000001"), "If-Match", "*"),
                            422,
                            "invalid-value",
                            "value"),
                    new Refusal(
                            "value of a tier below its bound",
                            p ->
                                    operator(
                                            p,
                                            QUOTA,
                                            quota("{\"tiers\":{\"pro\":-1}}"),
                                            "If-Match",
                                            "*"),
                            422,
                            "invalid-value",
                            "value.tiers.pro"),
                    new Refusal(
                            "value of the wrong type",
                            p -> operator(p, QUOTA, quota("\"many\""), "If-Match", "*"),
                            422,
                            "invalid-value",
                            "value"),
                    new Refusal(
                            "no reason",
                            p -> operator(p, QUOTA, "{\"value\": 5}", "If-Match", "*"),
                            400,
                            "invalid-request",
                            "reason"),
                    new Refusal(
                            "dry run that is neither asked for nor not",
                            p -> operator(p, QUOTA + "?dryRun=yes", quota("5"), "If-Match", "*"),
                            400,
                            "invalid-request",
                            "dryRun"),
                    new Refusal(
                            "dry run of a flag without a word",
                            p -> operator(p, FLAG + "?dryRun", DEFINITION, "If-Match", "*"),
                            400,
                            "invalid-request",
                            "dryRun"),
                    new Refusal(
                            "unknown field",
                            p ->
                                    operator(
                                            p,
                                            QUOTA,
                                            "{\"value\": 5, \"reason\": \"x\", \"colour\": 1}",
                                            "If-Match",
                                            "*"),
                            400,
                            "invalid-request",
                            "colour"),
                    new Refusal(
                            "unknown setting",
                            p ->
                                    operator(
                                            p,
                                            "/v1/settings/gpx.colour",
                                            quota("5"),
                                            "If-Match",
                                            "*"),
                            404,
                            "not-found",
                            "gpx.colour"),
                    new Refusal(
                            "role that may only look",
                            p -> p.operator("viewer").putJson(QUOTA, quota("5"), "If-Match", "*"),
                            403,
                            "forbidden",
                            "operator"),
                    new Refusal(
                            "no key",
                            p -> p.control().caller().putJson(QUOTA, quota("5"), "If-Match", "*"),
                            401,
                            "unauthenticated",
                            "X-API-Key"));

    @ParameterizedTest(name = "{0}")
    @FieldSource("REFUSALS")
    void refusesWithAProblemThatNamesWhatIsWrong(Refusal refusal, Product product) {
        Answer answer = refusal.request().apply(product);

        assertThat(answer.status()).as("%s", answer).isEqualTo(refusal.status());
        assertThat(answer.problem()).isEqualTo("urn:trekpoint:problem:" + refusal.type());
        assertThat(answer.json().path("field").asText() + answer.json().path("detail").asText())
                .contains(refusal.named());
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("REFUSALS")
    void changesNothingWhereItRefuses(Refusal refusal, Product product) {
        long before = revision(product);

        refusal.request().apply(product);

        assertThat(revision(product)).isEqualTo(before);
    }

    @Test
    void changesNothingInADryRun(Product product) {
        long before = revision(product);

        Answer answer = operator(product, QUOTA + "?dryRun=true", quota("5"), "If-Match", "*");

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(revision(product)).isEqualTo(before);
    }

    @Test
    void saysWhichRuleAValueBreaks(Product product) {
        Answer answer = operator(product, QUOTA, quota("1000001"), "If-Match", "*");

        assertThat(answer.json().path("rule").asText()).contains("1000000");
    }

    private static Answer operator(Product product, String path, String body, String... headers) {
        return product.operator("operator").putJson(path, body, headers);
    }

    private static String quota(String value) {
        return "{\"value\": " + value + ", \"reason\": \"a test\"}";
    }

    private static long revision(Product product) {
        return product.operator("viewer").get("/v1/settings").json().path("revision").asLong();
    }
}
