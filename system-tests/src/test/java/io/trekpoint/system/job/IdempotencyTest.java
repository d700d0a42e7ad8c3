package io.trekpoint.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Caller;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.WholeProduct;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WholeProduct.class)
class IdempotencyTest {
    private static final String CONFLICT = "urn:trekpoint:problem:idempotency-conflict";

    /** Several chunks as it is stored. */
    private static final byte[] WALK = Gpx.track(2_000_000);

    @Test
    void answersWithTheSameJob(Product product) {
        Caller client = product.client("partner");
        Answer first = send(client, "again", "kml", WALK);

        Answer second = send(client, "again", "kml", WALK);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void answersWithTheFirstAnswerOnceTheJobHasEnded(Product product) {
        Caller client = product.client("partner");
        Answer first = send(client, "ended", "kml", WALK);
        Answer ended =
                client.export("kml", WALK, "Idempotency-Key", "\"ended\"", "Prefer", "wait=20");
        assertThat(ended.json().path("state").asText()).isEqualTo("succeeded");
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.header("Idempotency-Replayed")).isEqualTo("true");

        Answer second = send(client, "ended", "kml", WALK);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json()).isEqualTo(first.json());
    }

    @Test
    void makesOneJobOfRequestsAtTheSameTime(Product product)
            throws InterruptedException, ExecutionException {
        Caller client = product.client("partner");
        long before = product.jobKeys("j:*");

        List<Answer> answers = atOnce(6, () -> send(client, "at-once", "kml", WALK));

        assertThat(answers).extracting(IdempotencyTest::id).containsOnly(id(answers.getFirst()));
        assertThat(product.jobKeys("j:*")).isEqualTo(before + 1);
    }

    @Test
    void keepsTheBodyWholeUnderRequestsAtTheSameTime(Product product)
            throws InterruptedException, ExecutionException {
        Caller client = product.client("partner");
        Answer alone = client.export("kml", WALK, "Prefer", "wait=20");

        List<Answer> answers = atOnce(6, () -> send(client, "whole", "kml", WALK));

        Answer job = client.get("/v1/jobs/" + id(answers.getFirst()), "Prefer", "wait=20");
        assertThat(job.json().at("/result/output/sha256").asText())
                .as("%s", job)
                .isEqualTo(alone.json().at("/result/output/sha256").asText());
    }

    @Test
    void refusesAnotherBody(Product product) {
        Caller client = product.client("partner");
        send(client, "body", "kml", WALK);

        Answer other = send(client, "body", "kml", Gpx.walk());

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo(CONFLICT);
        assertThat(other.json().path("field").asText()).isEqualTo("Idempotency-Key");
    }

    @Test
    void refusesOtherParameters(Product product) {
        Caller client = product.client("partner");
        send(client, "parameters", "kml", WALK);

        assertThat(send(client, "parameters", "gpx11", WALK).problem()).isEqualTo(CONFLICT);
    }

    @Test
    void finishesTheFirstJobWhereAnotherBodyIsRefused(Product product) {
        Caller client = product.client("partner");
        String first = id(send(client, "first", "kml", WALK));
        send(client, "first", "kml", Gpx.walk());

        Answer job = client.get("/v1/jobs/" + first, "Prefer", "wait=20");

        assertThat(job.json().path("state").asText()).as("%s", job).isEqualTo("succeeded");
    }

    @Test
    void keepsTheKeysOfClientsApart(Product product) {
        Answer mine = send(product.client("partner"), "mine", "kml", WALK);

        Answer theirs = send(product.client("stranger"), "mine", "kml", WALK);

        assertThat(id(theirs)).isNotEqualTo(id(mine));
    }

    private static Answer send(Caller client, String key, String to, byte[] gpx) {
        return client.export(to, gpx, "Idempotency-Key", '"' + key + '"');
    }

    private static String id(Answer answer) {
        return answer.json().path("id").asText();
    }

    private static <T> List<T> atOnce(int times, Callable<T> request)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running =
                    threads.invokeAll(Stream.generate(() -> request).limit(times).toList());
            List<T> done = new ArrayList<>();
            for (Future<T> each : running) {
                done.add(each.get());
            }
            return done;
        }
    }
}
