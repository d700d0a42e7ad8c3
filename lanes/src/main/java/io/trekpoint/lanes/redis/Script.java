package io.trekpoint.lanes.redis;

import io.trekpoint.lanes.guard.Fault;
import io.trekpoint.lanes.guard.FollowClient;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.ReplicatedWrites;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One Lua script from {@code lua/<name>.lua}: an atomic step in Redis. Runs by its digest, and once
 * by its text where a server does not have it yet (after a restart, a failover, a flush), both
 * within one deadline unless it was waited for something first. A line {@code -- include: <part>}
 * stands for the text of {@code lua/part/<part>.lua}. Immutable.
 */
public final class Script {
    private static final Pattern INCLUDE = Pattern.compile("(?m)^-- include: ([a-z-]+)\\R");

    private final String text;
    private final String digest;
    private final Lane.Access access;

    /** A script of this text, which has every part in its place. */
    Script(String text) {
        this.text = text;
        this.digest = sha1(text);
        String shebang = text.lines().findFirst().orElse("");
        this.access = access(shebang);
    }

    /**
     * Loads a script from the class path.
     *
     * @param name its file name without {@code .lua}
     */
    public static Script load(String name) {
        String text = read("/lua/" + name + ".lua");
        return new Script(
                INCLUDE.matcher(text)
                        .replaceAll(part ->
                                Matcher.quoteReplacement(
                                        read("/lua/part/" + part.group(1) + ".lua"))));
    }

    /** What Redis is sent, with every part in its place. */
    String text() {
        return text;
    }

    private static String read(String path) {
        try (InputStream in = Script.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no script " + path + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs the script within the lane's deadline.
     *
     * @param keys its KEYS, all under one hash tag
     * @param args its ARGV: strings, byte arrays, or numbers written as decimals
     * @return its reply; null for nil
     * @throws LaneException when the lane gives no useful answer
     */
    public @Nullable Response run(Lane lane, List<String> keys, List<?> args) {
        return run(lane, keys, args, lane.deadline());
    }

    /**
     * Runs the script within a deadline of the caller's own, for work that is not on a request's
     * path.
     *
     * @see #run(Lane, List, List)
     */
    public @Nullable Response run(Lane lane, List<String> keys, List<?> args, Duration within) {
        Sender<Optional<Response>> sender =
                (request, to, left) -> Optional.ofNullable(lane.send(request, to, left));
        return run(sender, keys, args, within, System::nanoTime).orElse(null);
    }

    /**
     * Runs the script and waits until a replica has what it wrote.
     *
     * @see #run(Lane, List, List)
     */
    public ReplicatedWrites.Written run(ReplicatedWrites lane, List<String> keys, List<?> args) {
        return run(lane::send, keys, args, lane.deadline(), System::nanoTime);
    }

    /**
     * Waits for something, and runs the script as soon as that is over, both sent at once. A script
     * that the server does not have yet is run over the lane.
     *
     * @param wait a command that waits
     * @param within the longest that both may take; the text, where it is needed, has the lane's
     *     own deadline
     * @see #run(Lane, List, List)
     */
    public @Nullable Response runAfter(
            FollowClient waiting,
            Request wait,
            Lane lane,
            List<String> keys,
            List<?> args,
            Duration within) {
        try {
            return waiting.send(wait, request(Command.EVALSHA, digest, keys, args), within);
        } catch (LaneException e) {
            if (!e.replyCode().equals(Fault.NOT_LOADED)) {
                throw e;
            }
            return lane.send(request(Command.EVAL, text, keys, args), access, lane.deadline());
        }
    }

    /** The second try has what the first one left of the time. */
    <T> T run(
            Sender<T> sender,
            List<String> keys,
            List<?> args,
            Duration within,
            LongSupplier nanoTime) {
        long began = nanoTime.getAsLong();
        try {
            return sender.send(request(Command.EVALSHA, digest, keys, args), access, within);
        } catch (LaneException e) {
            if (!e.replyCode().equals(Fault.NOT_LOADED)) {
                throw e;
            }
            Duration left = within.minusNanos(nanoTime.getAsLong() - began);
            return sender.send(request(Command.EVAL, text, keys, args), access, left);
        }
    }

    /**
     * A way to Redis.
     *
     * @param <T> what it brings back
     */
    @FunctionalInterface
    interface Sender<T> {
        T send(Request request, Lane.Access access, Duration within);
    }

    private static Lane.Access access(String shebang) {
        if (shebang.contains("no-writes")) {
            return Lane.Access.READ;
        }
        return shebang.contains("allow-oom") ? Lane.Access.FREEING_WRITE : Lane.Access.WRITE;
    }

    private static Request request(
            Command command, String script, List<String> keys, List<?> args) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        for (Object arg : args) {
            if (arg instanceof byte[] bytes) {
                request.arg(bytes);
            } else {
                request.arg(String.valueOf(arg));
            }
        }
        return request;
    }

    private static String sha1(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
