package io.trekpoint.api.entrance;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.trekpoint.api.problem.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose client began with the head of a request and does not come to its end,
 * as one that sends a byte now and then is never idle. Costs a request that comes whole nothing. In
 * HTTP/2 only the first head counts: what follows are frames of many requests. Lives on the event
 * loop of its connection.
 */
final class HeadDeadline extends ChannelInboundHandlerAdapter {
    private enum Awaits {
        FIRST_BYTE,
        END_OF_HEAD,
        NOTHING
    }

    private final Duration patience;
    private Awaits awaits = Awaits.FIRST_BYTE;

    /** Which head is awaited: what was begun with an earlier one is over. */
    private long head;

    HeadDeadline(Duration patience) {
        this.patience = patience;
    }

    /** Notes that the head of a request is there; false where nothing watches its connection. */
    static boolean headIsThere(HttpServerRequest request) {
        Optional<HeadDeadline> watching = of(request);
        watching.ifPresent(it -> it.awaits = Awaits.NOTHING);
        return watching.isPresent();
    }

    /** Notes that a request has been answered, and another one may come. */
    static void answered(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            of(request).ifPresent(it -> it.awaits = Awaits.FIRST_BYTE);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        boolean begins = awaits == Awaits.FIRST_BYTE;
        if (begins) {
            awaits = Awaits.END_OF_HEAD;
            head++;
        }
        context.fireChannelRead(bytes);
        if (begins && awaits == Awaits.END_OF_HEAD) {
            long begun = head;
            context.executor()
                    .schedule(
                            () -> expire(context, begun),
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private static Optional<HeadDeadline> of(HttpServerRequest request) {
        return channel(request).map(channel -> channel.pipeline().get(HeadDeadline.class));
    }

    private static Optional<Channel> channel(HttpServerRequest request) {
        return request.connection() instanceof ConnectionBase connection
                ? Optional.of(connection.channel())
                : Optional.empty();
    }

    private void expire(ChannelHandlerContext context, long begun) {
        if (awaits != Awaits.END_OF_HEAD || head != begun) {
            return;
        }
        awaits = Awaits.NOTHING;
        if (context.pipeline().get(SslHandler.class) != null) {
            context.close();
            return;
        }
        byte[] answer = answer(UUID.randomUUID().toString()).getBytes(StandardCharsets.US_ASCII);
        context.writeAndFlush(Unpooled.wrappedBuffer(answer))
                .addListener(ChannelFutureListener.CLOSE);
    }

    private static String answer(String requestId) {
        String problem =
                "{\"type\":\"urn:trekpoint:problem:head-too-slow\",\"title\":\"Request Timeout\",\"status\":408,"
                        + "\"detail\":\"The head of the request took too long.\",\"instance\":\""
                        + requestId
                        + "\"}";
        return "HTTP/1.1 408 Request Timeout\r\nX-Request-Id: "
                + requestId
                + "\r\nContent-Type: "
                + Problem.MEDIA_TYPE
                + "\r\nContent-Length: "
                + problem.length()
                + "\r\nConnection: close\r\n\r\n"
                + problem;
    }
}
