package io.trekpoint.api.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One connection, on a clock that stands still until it is moved. */
class LingeringCloseTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: t\r\n";
    private static final int LARGE = 100 << 20;

    private final List<String> requests = new ArrayList<>();
    private boolean answersAtOnce;
    private FrozenConnection connection;

    @BeforeEach
    void connect() {
        connection = new FrozenConnection();
        connection
                .pipeline()
                .addLast(new HttpRequestDecoder(), new HttpResponseEncoder())
                .addLast(new LingeringClose(), new Server());
    }

    @Test
    void leavesAConnectionOpenWhereNoBodyIsToCome() {
        answersAtOnce = true;
        connection.hear(GET);
        connection.hear(POST + "Content-Length: 0\r\n\r\n");
        connection.hear(GET + GET);
        connection.pass(LingeringClose.LONGEST.toSeconds());

        assertThat(requests).hasSize(4);
        assertThat(connection.said()).doesNotContain("close");
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void leavesAConnectionOpenWhereTheBodyHasCome() {
        connection.hear(POST + "Content-Length: 3\r\n\r\nab");
        connection.hear("c");
        answer();
        connection.hear(POST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + GET);
        answer();
        answer();
        connection.pass(LingeringClose.LONGEST.toSeconds());

        assertThat(requests).hasSize(3);
        assertThat(connection.said()).doesNotContain("close");
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void throwsAwayWhatComesBehindTheAnswerAndCloses() {
        connection.hear(POST + "Content-Length: 100\r\n\r\nab");
        answer();
        assertThat(connection.said()).contains("connection: close");
        connection.hear("c".repeat(98) + GET);
        connection.pass(LingeringClose.LONGEST.toSeconds() - 1);
        assertThat(connection.isOpen()).isTrue();

        connection.pass(1);

        assertThat(connection.isOpen()).isFalse();
        assertThat(requests).hasSize(1);
    }

    @Test
    void takesInAgainWhatTheServerHadStoppedReading() {
        connection.hear(POST + "Content-Length: 3\r\n\r\nabc");
        connection.config().setAutoRead(false);

        answer();

        assertThat(connection.said()).contains("connection: close");
        assertThat(connection.config().isAutoRead()).isTrue();
    }

    @Test
    void takesInNoMoreThanItsBound() {
        connection.hear(POST + "Content-Length: " + LARGE + "\r\n\r\nab");
        answer();
        String mebibyte = "c".repeat(1 << 20);
        for (long sent = 0; sent < LingeringClose.MOST; sent += mebibyte.length()) {
            assertThat(connection.isOpen()).isTrue();
            connection.hear(mebibyte);
        }
        connection.hear("c");

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void takesNoInterimAnswerForTheAnswer() {
        connection.hear(POST + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        connection.writeOutbound(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        connection.hear("abc");
        answer();

        assertThat(connection.said()).doesNotContain("close");
    }

    /** Answers at once if told so, else when the test says. */
    private final class Server extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                requests.add(request.uri());
                if (answersAtOnce) {
                    answer();
                }
            }
            ReferenceCountUtil.release(message);
        }
    }

    private void answer() {
        DefaultFullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND);
        answer.headers().set("content-length", 0);
        connection.writeOutbound(answer);
    }
}
