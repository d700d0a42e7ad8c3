package io.trekpoint.api.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    private FrozenConnection connection;

    @AfterEach
    void closeLog() {
        log.close();
    }

    @BeforeEach
    void connect() {
        connection = new FrozenConnection();
        speakHttp(connection);
        guard().watch(connection);
    }

    @Test
    void hangsUpOnAHeadThatTrickles() {
        connection.hear("GET / HT");
        connection.pass(6);
        connection.hear("T");
        connection.pass(3);
        assertThat(connection.said()).isEmpty();

        connection.pass(1);

        assertThat(connection.said())
                .startsWith("HTTP/1.1 408")
                .contains("head-too-slow", "10000 ms");
        assertThat(meters.get("trek.gateway.refused.heads").tag("status", "408").counter().count())
                .isEqualTo(1);
        connection.pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void letsAConnectionIdleOnWhichNothingHasBegun() {
        connection.pass(60);
        connection.hear(HEAD);
        answer();
        connection.pass(60);
        connection.hear(HEAD);

        assertThat(requests).hasSize(2);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void letsAHeadTakeItsTimeWithinThePatience() {
        connection.hear("GET / HT");
        connection.pass(9);
        connection.hear("TP/1.1\r\nHost: t\r\n\r\n");
        connection.pass(60);

        assertThat(requests).containsExactly("/");
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void leavesBodiesAlone() {
        connection.hear("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\na");
        connection.pass(60);
        connection.hear("b");
        connection.pass(60);

        assertThat(connection.isOpen()).isTrue();
        assertThat(connection.said()).isEmpty();
    }

    @Test
    void countsAHeadBehindAnAnswerFromThatAnswerOn() {
        connection.hear(HEAD);
        connection.hear("GET /next");
        connection.pass(60);
        assertThat(connection.said()).isEmpty();

        answer();
        assertThat(connection.said()).startsWith(ANSWER);
        connection.pass(9);
        assertThat(connection.said()).isEmpty();
        connection.pass(1);

        assertThat(connection.said()).startsWith("HTTP/1.1 408");
    }

    @Test
    void takesNoInterimAnswerForTheAnswer() {
        connection.hear("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 0\r\n\r\n");
        connection.writeOutbound(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        connection.said();
        connection.hear("GET");
        connection.pass(60);

        assertThat(connection.said()).isEmpty();
    }

    @Test
    void answersWhatIsNoHeadWithAProblem() {
        connection.hear("GET\r\n\r\n");

        assertThat(connection.said())
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "X-Request-Id", "\"field\":\"head\"");
        assertThat(requests).isEmpty();
        connection.hear(HEAD);
        assertThat(requests).isEmpty();
        connection.pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void answersInTurn() {
        connection.hear(HEAD + "nonsense\r\n\r\n");
        assertThat(connection.said()).isEmpty();

        answer();

        assertThat(connection.said()).startsWith(ANSWER).contains("HTTP/1.1 400");
    }

    @Test
    void servesNothingThatComesBehindWhatItRefuses() {
        connection.hear(HEAD + "GET /%zz HTTP/1.1\r\n\r\n" + HEAD);
        answer();

        assertThat(connection.said())
                .startsWith(ANSWER)
                .contains("HTTP/1.1 400")
                .contains("\"field\":\"uri\"");
        assertThat(requests).hasSize(1);
    }

    @Test
    void beginsAfterTheHandshake() {
        connection = new FrozenConnection();
        connection.pipeline().addLast(handshake());
        guard().watch(connection);

        connection.hear("shake");
        connection.pass(60);
        connection.hear("GET");
        connection.pass(10);

        assertThat(connection.said()).startsWith("HTTP/1.1 408");
    }

    @Test
    void seesAHeadThatComesAlongWithTheEndOfTheHandshake() {
        connection = new FrozenConnection();
        connection.pipeline().addLast(handshake());
        guard().watch(connection);

        connection.hear("shakePOST /slow HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n\r\n");
        assertThat(requests).containsExactly("/slow");
        connection.hear("ab");
        connection.pass(60);
        connection.hear("cd");
        connection.pass(60);

        assertThat(connection.said()).as("a request is in work, no head is").isEmpty();
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
                    speakHttp(context.channel());
                }
                if (bytes.isReadable()) {
                    context.fireChannelRead(bytes);
                } else {
                    bytes.release();
                }
            }
        };
    }

    private HeadGuard guard() {
        ProblemWriter problems = new ProblemWriter(new ObjectMapper());
        return new HeadGuard(
                new HeadRefusals(problems, new PageHeaders(Set.of()), log, meters),
                PATIENCE,
                new HttpServerOptions());
    }

    /** What a server puts on a connection, by the names that it gives. */
    private void speakHttp(Channel channel) {
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

    private void answer() {
        FullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT);
        connection.writeOutbound(answer);
    }
}
