package io.trekpoint.api.entrance;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A connection without a network, on a clock that stands still until it is moved. */
final class FrozenConnection extends EmbeddedChannel {
    FrozenConnection() {
        freezeTime();
    }

    /** Takes in what the other end sends. */
    void hear(String text) {
        writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    /** What was sent to the other end since this was asked last. */
    String said() {
        StringBuilder said = new StringBuilder();
        for (ByteBuf bytes = readOutbound(); bytes != null; bytes = readOutbound()) {
            said.append(bytes.toString(StandardCharsets.UTF_8));
            bytes.release();
        }
        return said.toString();
    }

    /** Moves the clock. */
    void pass(long seconds) {
        advanceTimeBy(seconds, TimeUnit.SECONDS);
        runPendingTasks();
        runScheduledPendingTasks();
    }
}
