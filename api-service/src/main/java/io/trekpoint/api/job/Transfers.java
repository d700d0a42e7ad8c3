package io.trekpoint.api.job;

import io.trekpoint.api.gateway.Call;
import io.trekpoint.api.gateway.GatewayConfig;
import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.trekpoint.lanes.guard.SteadyClock;
import io.trekpoint.lanes.setting.JobSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Duration;

/**
 * The uploads, and the outputs on their way out: they go on for as long as a caller's network
 * likes, so each has to keep a pace, and a caller has a quarter of this process's places for them,
 * one at the least. Else one caller could hold all places. Thread-safe.
 */
@ApplicationScoped
class Transfers {
    private static final int CALLERS = 4;
    private static final int RETRY_SECONDS = 1;
    private static final int LOOKS_IN_A_PATIENCE = 10;

    private final Places held = new Places();
    private final GatewayConfig config;
    private final Call call;
    private final RoutingContext routing;

    Transfers(GatewayConfig config, Call call, RoutingContext routing) {
        this.config = config;
        this.call = call;
        this.routing = routing;
    }

    /**
     * One more for the caller of this request.
     *
     * @throws ProblemException 429 where it has as many as it may
     */
    Places.Place begin() {
        return held.take(call.caller().id(), Math.max(1, config.mostAtOnce() / CALLERS))
                .orElseThrow(() ->
                        new ProblemException(
                                        Problem.of(
                                                429,
                                                "too-many-transfers",
                                                "Too many transfers",
                                                "As many uploads and downloads of yours are under way here as may."
                                                        + " Let some end."))
                                .retryAfter(RETRY_SECONDS));
    }

    /**
     * A body that has to keep the pace, and to be there before the parts of it are forgotten. Its
     * silence is ended here and not by the server, which would close the connection first and leave
     * nobody to tell.
     */
    PacedInput paced(InputStream body) {
        Duration patience = config.bodyPatience();
        PacedInput paced =
                new PacedInput(
                        new FramedInput(body, routing.request()),
                        new PacedInput.Pace(
                                patience,
                                config.slowestBody(),
                                call.control().get(JobSettings.INPUT_TTL)),
                        new SteadyClock());
        Vertx vertx = routing.vertx();
        long timer =
                vertx.setPeriodic(
                        Math.max(1, patience.toMillis() / LOOKS_IN_A_PATIENCE),
                        _ -> paced.endSilence());
        atTheEnd(() -> vertx.cancelTimer(timer));
        return paced;
    }

    /**
     * Begins the way out of an output, which ends with its request: by force where so many bytes
     * have not been taken in the time they may have at the slowest pace.
     *
     * @throws ProblemException 429 where the caller has as many as it may
     */
    void beginOutput(long bytes) {
        Places.Place place = begin();
        Duration longest = config.bodyPatience().plusSeconds(bytes / config.slowestBody());
        Vertx vertx = routing.vertx();
        HttpConnection connection = routing.request().connection();
        long timer = vertx.setTimer(longest.toMillis(), _ -> cut(connection));
        atTheEnd(() -> {
            vertx.cancelTimer(timer);
            place.close();
        });
    }

    private void atTheEnd(Runnable end) {
        routing.addEndHandler(_ -> end.run());
        // Nobody is told of an end that has come before it is asked for.
        if (routing.response().closed()) {
            end.run();
        }
    }

    /**
     * As the server does with a silent one: the connection itself, asked to close, would first
     * write all that the client does not take.
     */
    private static void cut(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            var _ = base.channelHandlerContext().close();
        }
    }
}
