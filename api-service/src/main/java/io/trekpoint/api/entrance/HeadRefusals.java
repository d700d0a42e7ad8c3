package io.trekpoint.api.entrance;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemWriter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the problems of heads that never became requests, so that no resource, filter or route can
 * answer them. Thread-safe.
 */
@Singleton
final class HeadRefusals {
    private final ProblemWriter problems;
    private final PageHeaders pages;
    private final AccessLog log;
    private final MeterRegistry meters;

    HeadRefusals(ProblemWriter problems, PageHeaders pages, AccessLog log, MeterRegistry meters) {
        this.problems = problems;
        this.pages = pages;
        this.log = log;
        this.meters = meters;
    }

    /** Of a head that has not come in full within its time. */
    Refusal slow(Duration patience) {
        return refusal(
                Problem.invalid(
                        408,
                        "head-too-slow",
                        "head",
                        "must be there in full within %d ms of its first byte"
                                .formatted(patience.toMillis())),
                null);
    }

    /** Of a body whose chunks are none, and whose request has not been handed on. */
    Refusal brokenBody() {
        return refusal(
                Problem.of(
                        400,
                        "body-incomplete",
                        "Invalid request",
                        "The body ended before its end."),
                null);
    }

    /** Of a head that cannot be handed on; empty where it can. */
    Optional<Refusal> unfit(HttpRequest head) {
        return RawHead.problem(head)
                .map(problem -> {
                    HttpHeaders sent = head.headers();
                    Refusal refusal = refusal(problem, sent.get(RequestId.HEADER));
                    pages.write(
                            head.uri(),
                            sent.get(HttpHeaderNames.ORIGIN),
                            refusal.answer().headers()::set);
                    return refusal;
                });
    }

    /** Notes, once, that a refusal is sent. */
    void note(Refusal refusal) {
        meters.counter("trek.gateway.refused.heads", "status", String.valueOf(refusal.status()))
                .increment();
        log.writeUnread(refusal);
    }

    private Refusal refusal(Problem problem, @Nullable String sentId) {
        String id = RequestId.of(sentId);
        FullHttpResponse answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(problem.status()),
                        Unpooled.wrappedBuffer(problems.document(problem, id)));
        AnswerHeaders.write(id, answer.headers()::set);
        AnswerHeaders.date(answer.headers()::set);
        AnswerHeaders.keepFromOthers(answer.headers()::set);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, AnswerHeaders.NO_CONTENT)
                .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return new Refusal(id, problem.status(), problem.type(), answer);
    }
}
