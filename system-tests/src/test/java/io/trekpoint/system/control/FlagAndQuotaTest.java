package io.trekpoint.system.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.WholeProduct;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WholeProduct.class)
class FlagAndQuotaTest {
    private static final Duration PROMPTLY = Duration.ofSeconds(1);
    private static final String DISABLED = "urn:trekpoint:problem:feature-disabled";
    private static final String EXCEEDED =
            "https://iana.org/assignments/http-problem-types#quota-exceeded";
    private static final int CODE_DEFAULT = 500;
    private static final byte[] WALK = Gpx.walk();

    @AfterEach
    void restore(Product product) {
        Operator operator = new Operator(product);
        operator.restoreExport();
        operator.targetNobody();
        operator.setProQuota(CODE_DEFAULT);
        awaitExport(product.client("partner"), FlagAndQuotaTest::accepted);
        awaitExport(product.client("thrifty"), FlagAndQuotaTest::accepted);
    }

    @Test
    void refusesExportsWithinASecondOfTheKill(Product product) {
        Caller client = product.client("partner");
        client.export("kml", WALK);

        new Operator(product).killExport();

        Answer refused = awaitExport(client, answer -> answer.status() == 403);
        assertThat(refused.problem()).isEqualTo(DISABLED);
        assertThat(refused.json().path("detail").asText()).contains("gpx.export");
    }

    @Test
    void acceptsExportsWithinASecondOfTheRestore(Product product) {
        Caller client = product.client("partner");
        Operator operator = new Operator(product);
        operator.killExport();
        awaitExport(client, answer -> answer.problem().equals(DISABLED));

        operator.restoreExport();

        awaitExport(client, FlagAndQuotaTest::accepted);
    }

    @Test
    void acceptsExportsOfThoseTheFlagIsTargetedAt(Product product) {
        Operator operator = new Operator(product);

        operator.targetExport("{\"==\": [{\"var\": \"tier\"}, \"pro\"]}");

        Answer refused = awaitExport(product.client("partner"), answer -> answer.status() == 403);
        assertThat(refused.problem()).isEqualTo(DISABLED);
        Answer done = product.client("thrifty").export("kml", WALK, "Prefer", "wait=20");
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.json().path("state").asText()).isEqualTo("succeeded");
    }

    @Test
    void showsJobsAndResultsWhileTheFlagIsKilled(Product product) {
        Caller client = product.client("partner");
        Answer job = client.export("kml", WALK, "Prefer", "wait=20");
        new Operator(product).killExport();
        awaitExport(client, answer -> answer.problem().equals(DISABLED));

        assertThat(client.get(job.json().at("/links/result").asText()).status()).isEqualTo(200);
    }

    @Test
    void countsWhatWasExportedThisMonthAgainstALowerQuota(Product product) {
        Caller client = product.client("thrifty");
        client.export("kml", WALK);
        client.export("kml", WALK);

        new Operator(product).setProQuota(2);

        Answer refused = awaitExport(client, answer -> answer.status() == 429);
        assertThat(refused.problem()).isEqualTo(EXCEEDED);
        assertThat(refused.json().path("violated-policies"))
                .extracting(policy -> policy.asText())
                .containsExactly("exports");
    }

    @Test
    void acceptsExportsWithinASecondOfAHigherQuota(Product product) {
        Caller client = product.client("thrifty");
        Operator operator = new Operator(product);
        client.export("kml", WALK);
        operator.setProQuota(1);
        awaitExport(client, answer -> answer.status() == 429);

        operator.setProQuota(CODE_DEFAULT);

        awaitExport(client, FlagAndQuotaTest::accepted);
    }

    /** Exports every 20 ms until an answer is as expected, which has to be promptly. */
    private static Answer awaitExport(Caller client, Predicate<Answer> expected) {
        return await().atMost(PROMPTLY)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.export("kml", WALK), expected);
    }

    private static boolean accepted(Answer answer) {
        return answer.status() == 202;
    }
}
