package io.trekpoint.worker.intake;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.trekpoint.lanes.job.ClaimedJob;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A span for each attempt, from its begin to its end. It is linked to the span of the submit and no
 * child of it: a job may be worked on hours later, and several times. Thread-safe.
 */
final class JobTraces {
    private static final Set<String> ERRORS = Set.of("failed", "again", "lost", "given-up");
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> DESTINATION =
            AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> OPERATION =
            AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> OPERATION_TYPE =
            AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> MESSAGE =
            AttributeKey.stringKey("messaging.message.id");
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("trek.job.type");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("trek.job.attempt");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("trek.job.outcome");

    private final Tracer tracer;
    private final Map<HeldJob, Span> open = new ConcurrentHashMap<>();

    JobTraces(Tracer tracer) {
        this.tracer = tracer;
    }

    /** An attempt has begun. */
    void begun(HeldJob held) {
        ClaimedJob job = held.job();
        Span span =
                tracer.spanBuilder("process " + job.type())
                        .setSpanKind(SpanKind.CONSUMER)
                        .setNoParent()
                        .addLink(Span.fromContext(submitted(job)).getSpanContext())
                        .setAttribute(SYSTEM, "redis")
                        .setAttribute(DESTINATION, "jobs")
                        .setAttribute(OPERATION, "process")
                        .setAttribute(OPERATION_TYPE, "process")
                        .setAttribute(MESSAGE, job.id().text())
                        .setAttribute(TYPE, job.type())
                        .setAttribute(ATTEMPT, (long) job.attempt())
                        .startSpan();
        if (span.isRecording()) {
            open.put(held, span);
        }
    }

    /** It is over, and came to that. */
    void over(HeldJob held, String outcome) {
        Span span = open.remove(held);
        if (span != null) {
            span.setAttribute(OUTCOME, outcome);
            if (ERRORS.contains(outcome)) {
                span.setStatus(StatusCode.ERROR, outcome);
            }
            span.end();
        }
    }

    private static Context submitted(ClaimedJob job) {
        return W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), job.traceparent(), Carrier.INSTANCE);
    }

    /** The record's field as the one header that there is. */
    private enum Carrier implements TextMapGetter<String> {
        INSTANCE;

        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable String traceparent, String key) {
            return key.equals("traceparent") ? traceparent : null;
        }
    }
}
