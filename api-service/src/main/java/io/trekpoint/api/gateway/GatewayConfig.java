package io.trekpoint.api.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What a gateway process can take in, whatever the settings would allow. */
@ConfigMapping(prefix = "trek.gateway")
public interface GatewayConfig {
    /** The largest body in bytes, as sent and inflated alike. */
    @Positive
    @WithDefault("67108864")
    long maxBody();

    /** How often an event stream with nothing to say shows that it lives. */
    @WithDefault("15s")
    Duration keepAlive();

    /**
     * How many requests are worked on at once; one more is refused. Those that wait for a job do
     * not count.
     */
    @Positive
    @WithDefault("1000")
    int mostAtOnce();

    /** The middle part of the API keys that are taken, {@code trek_<this>_…}. */
    @Pattern(regexp = "[0-9A-Za-z]{1,16}")
    @WithDefault("dev")
    String keyEnvironment();

    /**
     * File with what verifies tokens where the setting {@code auth.jwt.key} is {@code file}. Read
     * again all the time, so it may appear or change later.
     */
    Optional<Path> jwtKeyFile();

    /** The origins whose pages may call; {@code *} for every one, nothing for none. */
    Optional<Set<String>> browserOrigins();

    /** How long a client may take for the head of a request, from its first byte to its last. */
    @WithDefault("10s")
    Duration headPatience();

    /** How long a client may take for a body before it has to have sent {@link #slowestBody}. */
    @WithDefault("10s")
    Duration bodyPatience();

    /** Bytes of a body in each second that a client has to send on the whole. */
    @Positive
    @WithDefault("1024")
    int slowestBody();

    /** How many requests that lead nowhere an address may send in a minute. */
    @Min(1)
    @Max(1_000_000)
    @WithDefault("120")
    int strayRequests();

    /** How many addresses are kept apart for that; those beyond share one count. */
    @Positive
    @WithDefault("50000")
    int strayAddresses();
}
