package io.trekpoint.lanes.setting;

import io.trekpoint.lanes.setting.SettingKey.About;
import io.trekpoint.lanes.setting.SettingKey.Global;
import java.time.Duration;
import java.util.List;

/** The numbers of the job protocol. */
public final class JobSettings {
    private static final String GATEWAY = "api-service";
    private static final String WORKER = "worker-service";
    private static final Duration DAY = Duration.ofHours(24);

    /** How long a claim holds. */
    public static final Global<Duration> LEASE =
            new Global<>(
                    new About(
                            "jobs.lease",
                            "time",
                            WORKER,
                            "How long a claim holds unless it is renewed, every third of it; a lost worker's jobs wait so long"),
                    SettingType.duration(Duration.ofSeconds(2), Duration.ofMinutes(5)),
                    Duration.ofSeconds(10));

    /** How many times a job may be claimed. */
    public static final Global<Integer> MAX_ATTEMPTS =
            new Global<>(
                    new About(
                            "jobs.max-attempts",
                            "attempts",
                            GATEWAY,
                            "How many times a job may be claimed; a job keeps what it was submitted with"),
                    SettingType.wholeNumber(1, 20),
                    3);

    /** How long an ended job is kept. */
    public static final Global<Duration> RETENTION =
            new Global<>(
                    new About(
                            "jobs.retention",
                            "time",
                            WORKER,
                            "How long a job is kept once it has ended, its result with it; what holds when it ends"),
                    SettingType.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
                    DAY);

    /** How long it answers 410 after that. */
    public static final Global<Duration> TOMBSTONE =
            new Global<>(
                    new About(
                            "jobs.tombstone",
                            "time",
                            WORKER,
                            "How long a job answers 410 once its retention is over"),
                    SettingType.duration(Duration.ofSeconds(1), Duration.ofDays(90)),
                    Duration.ofDays(7));

    /** Bytes of inputs and outputs in one shard. */
    public static final Global<Long> BYTE_BUDGET =
            new Global<>(
                    new About(
                            "jobs.byte-budget",
                            "bytes",
                            GATEWAY,
                            "Bytes of inputs and outputs in one shard, beyond which submits are refused; 0 for no bound"),
                    SettingType.wholeNumber(0L, 1L << 40),
                    1L << 30);

    /** Set aside for an output, as a multiple of the stored input. */
    public static final Global<Integer> OUTPUT_ALLOWANCE =
            new Global<>(
                    new About(
                            "jobs.output-allowance",
                            "times the input",
                            GATEWAY,
                            "Set aside of the byte budget for an output, as a multiple of the stored input"),
                    SettingType.wholeNumber(0, 100),
                    3);

    /** How long chunks of an input wait for their submit. */
    public static final Global<Duration> INPUT_TTL =
            new Global<>(
                    new About(
                            "jobs.input-ttl",
                            "time",
                            GATEWAY,
                            "How long a stored chunk of an upload waits for the rest of it; bounds how slow an upload may be"),
                    SettingType.duration(Duration.ofSeconds(1), DAY),
                    Duration.ofMinutes(10));

    /** How long chunks of an output wait for their finish. */
    public static final Global<Duration> OUTPUT_TTL =
            new Global<>(
                    new About(
                            "jobs.output-ttl",
                            "time",
                            WORKER,
                            "How long a stored chunk of an output waits to be published"),
                    SettingType.duration(Duration.ofSeconds(1), DAY),
                    Duration.ofHours(1));

    /** How long an idempotency key is remembered. */
    public static final Global<Duration> IDEMPOTENCY_TTL =
            new Global<>(
                    new About(
                            "jobs.idempotency-ttl",
                            "time",
                            GATEWAY,
                            "How long an Idempotency-Key is remembered"),
                    SettingType.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
                    DAY);

    /** About how many changes of state are kept. */
    public static final Global<Integer> EVENTS_KEPT =
            new Global<>(
                    new About(
                            "jobs.events-kept",
                            "changes of state",
                            WORKER,
                            "About how many changes of jobs' states are kept in the stream that wakes waiting clients"),
                    SettingType.wholeNumber(100, 1_000_000),
                    20_000);

    static final List<SettingKey<?>> ALL =
            List.of(
                    LEASE,
                    MAX_ATTEMPTS,
                    RETENTION,
                    TOMBSTONE,
                    BYTE_BUDGET,
                    OUTPUT_ALLOWANCE,
                    INPUT_TTL,
                    OUTPUT_TTL,
                    IDEMPOTENCY_TTL,
                    EVENTS_KEPT);

    private JobSettings() {}
}
