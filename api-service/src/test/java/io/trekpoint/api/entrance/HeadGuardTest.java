package io.trekpoint.api.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.trekpoint.api.problem.ProblemWriter;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One connection, on a clock that stands still until it is moved. */
class HeadGuardTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String HEAD = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";
    private static final String ANSWER = "HTTP/1.1 204";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AccessLog log = new AccessLog(meters);
    private final List<String> requests = new ArrayList<>();
    private EmbeddedChannel connection;

    @AfterEach
    void closeLog() {
        log.close();
    }

    @BeforeEach
    void connect() {
        connection = connected();
        speakHttp(connection);
        guard().watch(connection);
    }

    @Test
    void hangsUpOnAHeadThatTrickles() {
        hear("GET / HT");
        pass(6);
        hear("T");
        pass(3);
        assertThat(said()).isEmpty();

        pass(1);

        assertThat(said()).startsWith("HTTP/1.1 408").contains("head-too-slow", "10000 ms");
        assertThat(meters.get("trek.gateway.refused.heads").tag("status", "408").counter().count())
                .isEqualTo(1);
        pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void letsAConnectionIdleOnWhichNothingHasBegun() {
        pass(60);
        hear(HEAD);
        answer();
        pass(60);
        hear(HEAD);

        assertThat(requests).hasSize(2);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void letsAHeadTakeItsTimeWithinThePatience() {
        hear("GET / HT");
        pass(9);
        hear("TP/1.1\r\nHost: t\r\n\r\n");
        pass(60);

        assertThat(requests).containsExactly("/");
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void leavesBodiesAlone() {
        hear("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\na");
        pass(60);
        hear("b");
        pass(60);

        assertThat(connection.isOpen()).isTrue();
        assertThat(said()).isEmpty();
    }

    @Test
    void countsAHeadBehindAnAnswerFromThatAnswerOn() {
        hear(HEAD);
        hear("GET /next");
        pass(60);
        assertThat(said()).isEmpty();

        answer();
        assertThat(said()).startsWith(ANSWER);
        pass(9);
        assertThat(said()).isEmpty();
        pass(1);

        assertThat(said()).startsWith("HTTP/1.1 408");
    }

    @Test
    void takesNoInterimAnswerForTheAnswer() {
        hear("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 0\r\n\r\n");
        connection.writeOutbound(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        said();
        hear("GET");
        pass(60);

        assertThat(said()).isEmpty();
    }

    @Test
    void answersWhatIsNoHeadWithAProblem() {
        hear("GET\r\n\r\n");

        assertThat(said())
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "X-Request-Id", "\"field\":\"head\"");
        assertThat(requests).isEmpty();
        hear(HEAD);
        assertThat(requests).isEmpty();
        pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void answersInTurn() {
        hear(HEAD + "nonsense\r\n\r\n");
        assertThat(said()).isEmpty();

        answer();

        assertThat(said()).startsWith(ANSWER).contains("HTTP/1.1 400");
    }

    @Test
    void servesNothingThatComesBehindWhatItRefuses() {
        hear(HEAD + "GET /%zz HTTP/1.1\r\n\r\n" + HEAD);
        answer();

        assertThat(said())
                .startsWith(ANSWER)
                .contains("HTTP/1.1 400")
                .contains("\"field\":\"uri\"");
        assertThat(requests).hasSize(1);
    }

    @Test
    void beginsAfterTheHandshake() {
        connection = connected();
        connection.pipeline().addLast(handshake());
        guard().watch(connection);

        hear("shake");
        pass(60);
        hear("GET");
        pass(10);

        assertThat(said()).startsWith("HTTP/1.1 408");
    }

    @Test
    void seesAHeadThatComesAlongWithTheEndOfTheHandshake() {
        connection = connected();
        connection.pipeline().addLast(handshake());
        guard().watch(connection);

        hear("shakePOST /slow HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n\r\n");
        assertThat(requests).containsExactly("/slow");
        hear("ab");
        pass(60);
        hear("cd");
        pass(60);

        assertThat(said()).as("a request is in work, no head is").isEmpty();
    }

    /** Takes five bytes for a handshake, makes HTTP of the connection, and passes the others on. */
    private ChannelInboundHandlerAdapter handshake() {
        return new ChannelInboundHandlerAdapter() {
            private boolean over;

            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                ByteBuf bytes = (ByteBuf) message;
                if (!over) {
                    over = true;
                    bytes.skipBytes(5);
                    speakHttp((EmbeddedChannel) context.channel());
                }
                if (bytes.isReadable()) {
                    context.fireChannelRead(bytes);
                } else {
                    bytes.release();
                }
            }
        };
    }

    private EmbeddedChannel connected() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        return channel;
    }

    private HeadGuard guard() {
        ProblemWriter problems = new ProblemWriter(new ObjectMapper());
        return new HeadGuard(
                new HeadRefusals(problems, new PageHeaders(Set.of()), log, meters),
                PATIENCE,
                new HttpServerOptions());
    }

    /** What a server puts on a connection, by the names that it gives. */
    private void speakHttp(EmbeddedChannel channel) {
        channel.pipeline()
                .addLast("httpDecoder", new HttpRequestDecoder())
                .addLast("httpEncoder", new HttpResponseEncoder())
                .addLast(
                        "handler",
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext context, Object message) {
                                if (message instanceof HttpRequest request) {
                                    requests.add(request.uri());
                                }
                                ReferenceCountUtil.release(message);
                            }
                        });
    }

    private void hear(String text) {
        connection.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void answer() {
        FullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT);
        connection.writeOutbound(answer);
    }

    private String said() {
        StringBuilder said = new StringBuilder();
        for (ByteBuf bytes = connection.readOutbound();
                bytes != null;
                bytes = connection.readOutbound()) {
            said.append(bytes.toString(StandardCharsets.UTF_8));
            bytes.release();
        }
        return said.toString();
    }

    private void pass(int seconds) {
        connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
        connection.runPendingTasks();
        connection.runScheduledPendingTasks();
    }
}
