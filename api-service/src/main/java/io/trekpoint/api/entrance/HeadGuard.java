package io.trekpoint.api.entrance;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one connection wherever it has no request in work. A head that has begun has to be
 * there in full after a while, however its bytes are spread, and one that is no head is answered
 * with a problem. Requests in work, their bodies and answers have bounds of their own, and a
 * connection on which nothing has begun is the idle time's. Lives on the event loop of its
 * connection; a head that comes in one piece costs no timer.
 */
final class HeadGuard {
    private static final String DECODER = "httpDecoder";
    private static final String SERVER = "handler";

    /** How long what is still being sent is taken and thrown away after a refusal. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final HeadRefusals refusals;
    private final Duration patience;
    private final HttpServerOptions options;

    /** No request is being read: the next byte begins a head. */
    private boolean between = true;

    private boolean begun;
    private boolean refused;
    private int unanswered;
    private @Nullable HttpRequest reading;
    private @Nullable Refusal due;
    private @Nullable Future<?> timer;

    /** Guards a connection of the server that has these options. */
    HeadGuard(HeadRefusals refusals, Duration patience, HttpServerOptions options) {
        this.refusals = refusals;
        this.patience = patience;
        this.options = options;
    }

    /** Takes its place on a connection now, or as soon as the connection speaks HTTP. */
    void watch(Channel channel) {
        if (!place(channel.pipeline())) {
            channel.pipeline().addLast(new Waiting());
        }
    }

    private boolean place(ChannelPipeline pipeline) {
        if (pipeline.get(DECODER) == null || pipeline.get(SERVER) == null) {
            return false;
        }
        pipeline.replace(DECODER, DECODER, new RequestDecoder(options));
        pipeline.addBefore(DECODER, "trek-bytes", new Bytes());
        pipeline.addBefore(SERVER, "trek-heads", new Messages());
        pipeline.addBefore(SERVER, "trek-rests", new LingeringClose());
        return true;
    }

    /**
     * Behind the handshake of TLS, and in front of all that speaks HTTP, which is put behind it
     * once the handshake is over. The first bytes of a head may come along with the last of that,
     * so it is these bytes that bring the guard to its place, and pass it.
     */
    private final class Waiting extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            boolean placed = place(context.pipeline());
            context.fireChannelRead(bytes);
            if (placed) {
                context.pipeline().remove(this);
            }
        }
    }

    /** In front of the decoder: sees that something has come, whatever it is a part of. */
    private final class Bytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (refused) {
                ReferenceCountUtil.release(bytes);
                return;
            }
            begun |= between;
            context.fireChannelRead(bytes);
        }
    }

    /** Between the decoder and the server: sees heads, the ends of requests and of answers. */
    private final class Messages extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (refused) {
                ReferenceCountUtil.release(message);
                return;
            }
            if (message instanceof HttpRequest head) {
                stopTimer();
                begun = false;
                Optional<Refusal> unfit = refusals.unfit(head);
                if (unfit.isPresent()) {
                    ReferenceCountUtil.release(message);
                    refuse(context, unfit.get());
                    return;
                }
                RawHead.tidy(head);
                between = false;
                reading = head;
                unanswered++;
            }
            if (message instanceof HttpContent part && part.decoderResult().isFailure()) {
                breakOff(context, part);
                return;
            }
            if (message instanceof LastHttpContent) {
                between = true;
            }
            context.fireChannelRead(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.fireChannelReadComplete();
            startTimer(context);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise written)
                throws Exception {
            boolean answered = message instanceof LastHttpContent && !isInterim(message);
            super.write(context, message, written);
            if (answered) {
                answered(context);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            stopTimer();
            context.fireChannelInactive();
        }
    }

    /**
     * Ends a body whose chunks cannot be read. The server would hang up without a word; so it is
     * shown an end, and whoever reads the body finds at the request that it is none. The server
     * closes the connection of such a request once it is answered, and the decoder throws away what
     * still comes. One that has to wait for the answer before its own is not handed on at all by a
     * server that knows so much, and is answered here in its turn.
     */
    private void breakOff(ChannelHandlerContext context, HttpContent part) {
        if (unanswered > 1) {
            ReferenceCountUtil.release(part);
            unanswered--;
            refuse(context, refusals.brokenBody());
        } else if (unanswered == 1 && reading != null) {
            reading.setDecoderResult(part.decoderResult());
            ReferenceCountUtil.release(part);
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        } else {
            context.fireChannelRead(part);
        }
    }

    static boolean isInterim(Object message) {
        return message instanceof HttpResponse answer
                && answer.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void answered(ChannelHandlerContext context) {
        unanswered = Math.max(0, unanswered - 1);
        if (unanswered > 0) {
            return;
        }
        if (due != null) {
            refuse(context, due);
        } else {
            startTimer(context);
        }
    }

    /** A head that has begun behind an answer which is not there yet has time until it is. */
    private void startTimer(ChannelHandlerContext context) {
        if (begun && between && unanswered == 0 && !refused && timer == null) {
            timer =
                    context.executor()
                            .schedule(
                                    () -> refuse(context, refusals.slow(patience)),
                                    patience.toNanos(),
                                    TimeUnit.NANOSECONDS);
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /**
     * Answers, in its turn, and hangs up. What still comes is taken and thrown away for a moment:
     * closing on unread bytes would reset the connection, and the answer with it.
     */
    private void refuse(ChannelHandlerContext context, Refusal refusal) {
        refused = true;
        if (unanswered > 0) {
            due = refusal;
            return;
        }
        due = null;
        refusals.note(refusal);
        Channel channel = context.channel();
        context.writeAndFlush(refusal.answer())
                .addListener((ChannelFuture _) -> halfClose(channel));
        var _ =
                context.executor()
                        .schedule(() -> close(channel), LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void close(Channel channel) {
        var _ = channel.close();
    }

    /** Tells the other end that nothing more will come. */
    static void halfClose(Channel channel) {
        if (channel instanceof DuplexChannel duplex) {
            var _ = duplex.shutdownOutput();
        }
    }
}
