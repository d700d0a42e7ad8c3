package io.trekpoint.api.job;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.job.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** The spans of submits, which the workers' spans of the same jobs are linked to. Thread-safe. */
@ApplicationScoped
class SubmitTraces {
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

    private final Tracer tracer;

    SubmitTraces(Tracer tracer) {
        this.tracer = tracer;
    }

    /**
     * Begins the span of a submit, as a child of its request.
     *
     * @param sent the trace context that the client sent, which the job carries along where nothing
     *     is traced here; empty for none
     */
    Submitting begin(GpxType type, JobId id, String sent) {
        Span span =
                tracer.spanBuilder("submit " + type.label())
                        .setSpanKind(SpanKind.PRODUCER)
                        .setAttribute(SYSTEM, "redis")
                        .setAttribute(DESTINATION, "jobs")
                        .setAttribute(OPERATION, "submit")
                        .setAttribute(OPERATION_TYPE, "send")
                        .setAttribute(MESSAGE, id.text())
                        .setAttribute(TYPE, type.label())
                        .startSpan();
        return new Submitting(span, span.getSpanContext().isValid() ? traceparent(span) : sent);
    }

    private static String traceparent(Span span) {
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance()
                .inject(
                        Context.root().with(span),
                        headers,
                        (to, name, value) -> {
                            if (to != null) {
                                to.put(name, value);
                            }
                        });
        return headers.getOrDefault("traceparent", "");
    }

    /**
     * A submit that is under way.
     *
     * @param span ends with it
     * @param traceparent what the job carries along; empty for none
     */
    record Submitting(Span span, String traceparent) implements AutoCloseable {
        @Override
        public void close() {
            span.end();
        }
    }
}
