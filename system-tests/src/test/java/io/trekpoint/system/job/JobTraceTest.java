package io.trekpoint.system.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trekpoint.system.product.Answer;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Plan;
import io.trekpoint.system.product.Product;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client's trace goes on from its request over the submit to whoever works on the job. */
class JobTraceTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final int PRODUCER = 4;
    private static final int CONSUMER = 5;

    private static OtlpReceiver collector;
    private static Product product;

    @BeforeAll
    static void start() {
        collector = new OtlpReceiver();
        product =
                Plan.named("traces")
                        .with("OTEL_SDK_DISABLED", "false")
                        .with("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url())
                        .with("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
                        .start();
    }

    @AfterAll
    static void stop() {
        product.close();
        collector.close();
    }

    @Test
    void linksTheAttemptToTheSubmitOfTheClientsTrace() {
        Answer answer =
                product.client("pro")
                        .export(
                                "kml",
                                Gpx.walk(),
                                "traceparent",
                                "00-" + TRACE + "-" + SPAN + "-01");
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        String job = answer.json().path("id").asText();

        OtlpReceiver.Span submit = awaitSpan(PRODUCER, job);
        OtlpReceiver.Span attempt = awaitSpan(CONSUMER, job);

        assertThat(submit.name()).isEqualTo("submit export");
        assertThat(submit.traceId()).as("the trace of the client").isEqualTo(TRACE);
        assertThat(ancestors(submit)).as("of the submit").contains(SPAN);
        assertThat(attempt.name()).isEqualTo("process export");
        assertThat(attempt.links()).containsExactly(submit.traceId() + "-" + submit.spanId());
        assertThat(attempt.traceId()).as("a trace of its own").isNotEqualTo(TRACE);
        assertThat(attempt.attributes())
                .containsEntry("messaging.system", "redis")
                .containsEntry("messaging.operation.type", "process")
                .containsEntry("trek.job.type", "export")
                .containsEntry("trek.job.attempt", "1")
                .containsEntry("trek.job.outcome", "succeeded");
    }

    private static OtlpReceiver.Span awaitSpan(int kind, String job) {
        return await("span of kind " + kind + " about " + job)
                .atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                collector.spans().stream()
                                        .filter(span -> span.kind() == kind)
                                        .filter(span ->
                                                job.equals(
                                                        span.attributes()
                                                                .get("messaging.message.id")))
                                        .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    /** The ids of the spans that a span is below, as far as they are known. */
    private static List<String> ancestors(OtlpReceiver.Span span) {
        return Stream.iterate(
                        span.parent(),
                        parent -> !parent.isEmpty(),
                        parent ->
                                collector.spans().stream()
                                        .filter(it -> it.spanId().equals(parent))
                                        .map(OtlpReceiver.Span::parent)
                                        .findAny()
                                        .orElse(""))
                .toList();
    }
}
