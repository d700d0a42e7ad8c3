package io.trekpoint.api.entrance;

import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection on which a request is answered whose body has not been taken in whole: what is
 * left of it would be taken for the next request. The answer says so in {@code Connection}, and
 * what still comes is thrown away for a while (RFC 9112, section 9.6), in which it holds neither a
 * thread nor memory: closing on unread bytes would reset the connection, and the answer with it.
 * Where the body is there, or there is none, the connection stays. Lives on the event loop of its
 * connection, between the decoder and the server.
 */
final class LingeringClose extends ChannelDuplexHandler {
    /** How long what comes after the answer is thrown away. */
    static final Duration LONGEST = Duration.ofSeconds(5);

    /** How many bytes of it are. */
    static final long MOST = 64 << 20;

    private @Nullable HttpRequest reading;

    /** The body of the newest request is on its way. */
    private boolean arriving;

    /** An answer has begun that says it is the last one. */
    private boolean closing;

    /** Nothing is handed on any more. */
    private boolean deaf;

    private int unanswered;
    private long discarded;
    private @Nullable Future<?> end;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        boolean head = message instanceof HttpRequest;
        deaf |= closing && head;
        if (deaf) {
            discard(context, message);
            return;
        }
        if (message instanceof HttpRequest request) {
            reading = request;
            // A head without a body may be answered before its end has come along behind it.
            arriving = hasBody(request);
            unanswered++;
        }
        arriving &= !(message instanceof LastHttpContent) || isBroken();
        context.fireChannelRead(message);
    }

    /** Of a body whose chunks cannot be read the server is shown an end that is none. */
    private boolean isBroken() {
        return reading != null && reading.decoderResult().isFailure();
    }

    private static boolean hasBody(HttpRequest head) {
        return HttpUtil.isTransferEncodingChunked(head) || HttpUtil.getContentLength(head, 0L) > 0;
    }

    private void discard(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBufHolder bytes) {
            discarded += bytes.content().readableBytes();
        }
        ReferenceCountUtil.release(message);
        if (discarded > MOST) {
            close(context);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
        if (HeadGuard.isInterim(message)) {
            var _ = context.write(message, written);
            return;
        }
        if (message instanceof HttpResponse answer && isLeft(context.channel())) {
            closing = true;
            answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ChannelPromise promise = written;
        if (message instanceof LastHttpContent) {
            unanswered = Math.max(0, unanswered - 1);
            if (closing) {
                promise = written.unvoid().addListener(_ -> linger(context));
            }
        }
        var _ = context.write(message, promise);
    }

    /** A server that does not read just now has been left with more of a body than it holds. */
    private boolean isLeft(Channel channel) {
        return unanswered == 1 && (arriving || !channel.config().isAutoRead());
    }

    private void linger(ChannelHandlerContext context) {
        deaf = true;
        HeadGuard.halfClose(context.channel());
        context.channel().config().setAutoRead(true);
        end =
                context.executor()
                        .schedule(() -> close(context), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (end != null) {
            end.cancel(false);
        }
        context.fireChannelInactive();
    }
}
