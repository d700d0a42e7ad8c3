package io.trekpoint.lanes.setting;

import io.trekpoint.lanes.setting.SettingKey.About;
import io.trekpoint.lanes.setting.SettingKey.Global;
import io.trekpoint.lanes.setting.SettingKey.PerTier;
import io.trekpoint.lanes.setting.SettingKey.PerType;
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
                            "How long a stored chunk of an upload waits for the rest of it, and how long an upload may take"),
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

    /** About how many entries of changes are kept. */
    public static final Global<Integer> EVENTS_KEPT =
            new Global<>(
                    new About(
                            "jobs.events-kept",
                            "entries",
                            WORKER,
                            "About how many entries the stream keeps that wakes waiting clients; one holds the changes of jobs' states that one step made"),
                    SettingType.wholeNumber(100, 1_000_000),
                    20_000);

    /** How many jobs of one client may be in line or active at once. */
    public static final PerTier<Integer> ACTIVE_CAP =
            new PerTier<>(
                    new About(
                            "jobs.active-cap",
                            "jobs",
                            WORKER,
                            "How many jobs of one client may be in line or being worked on; its others wait behind them, past nobody else"),
                    SettingType.wholeNumber(1, 100_000),
                    20,
                    100,
                    500);

    /** How much longer a job of the next lower priority must have waited to go first. */
    public static final Global<Duration> AGEING_STEP =
            new Global<>(
                    new About(
                            "jobs.ageing-step",
                            "time",
                            WORKER,
                            "How much longer a job of the next lower tier must have waited to be claimed first"),
                    SettingType.duration(Duration.ZERO, DAY),
                    Duration.ofSeconds(30));

    /** How far ahead a job may ask not to be claimed before. */
    public static final Global<Duration> HORIZON =
            new Global<>(
                    new About(
                            "jobs.horizon",
                            "time",
                            GATEWAY,
                            "How far ahead notBefore of a job may lie"),
                    SettingType.duration(Duration.ZERO, Duration.ofDays(365)),
                    Duration.ofDays(30));

    /** How long a job waits at the most before its second attempt. */
    public static final Global<Duration> BACKOFF =
            new Global<>(
                    new About(
                            "jobs.backoff",
                            "time",
                            WORKER,
                            "The longest wait before the second attempt; it doubles for each one after that, and the wait is drawn evenly from zero to it"),
                    SettingType.duration(Duration.ofMillis(10), Duration.ofHours(1)),
                    Duration.ofSeconds(2));

    /** How long a job waits at the most before any other attempt. */
    public static final Global<Duration> LONGEST_BACKOFF =
            new Global<>(
                    new About(
                            "jobs.longest-backoff",
                            "time",
                            WORKER,
                            "The longest wait before any attempt"),
                    SettingType.duration(Duration.ofMillis(10), DAY),
                    Duration.ofMinutes(5));

    /** How long an attempt may compute before it stops by itself. */
    public static final PerType<Duration> SOFT_LIMIT =
            new PerType<>(
                    new About(
                            "jobs.soft-limit",
                            "time",
                            WORKER,
                            "How long an attempt at a job of a type may compute before it stops by itself and the job ends with TIMEOUT; gpx.max-seconds holds too, whichever is shorter"),
                    SettingType.duration(Duration.ofMillis(100), Duration.ofHours(1)),
                    Duration.ofSeconds(60));

    /** How long a thread may be at work before it is given up. */
    public static final PerType<Duration> HARD_LIMIT =
            new PerType<>(
                    new About(
                            "jobs.hard-limit",
                            "time",
                            WORKER,
                            "How long a thread may be at work on an attempt at a job of a type before it is given up and the job ends with TIME_LIMIT"),
                    SettingType.duration(Duration.ofMillis(200), Duration.ofHours(2)),
                    Duration.ofSeconds(90));

    /** How long a dead letter is kept. */
    public static final Global<Duration> DEAD_LETTER_RETENTION =
            new Global<>(
                    new About(
                            "jobs.dead-letter-retention",
                            "time",
                            WORKER,
                            "How long a job is kept whose attempts are spent, its input with it"),
                    SettingType.duration(Duration.ofSeconds(1), Duration.ofDays(90)),
                    Duration.ofDays(7));

    /** Bytes that dead letters may hold in one shard. */
    public static final Global<Long> DEAD_LETTER_BYTES =
            new Global<>(
                    new About(
                            "jobs.dead-letter-bytes",
                            "bytes",
                            WORKER,
                            "Bytes that dead letters may hold in one shard, beyond which the oldest go before their time"),
                    SettingType.wholeNumber(0L, 1L << 40),
                    128L << 20);

    /** Bytes that ended jobs may hold in one shard. */
    public static final Global<Long> RETAINED_BYTES =
            new Global<>(
                    new About(
                            "jobs.retained-bytes",
                            "bytes",
                            WORKER,
                            "Bytes that ended jobs may hold in one shard, beyond which those next to expire go before their time"),
                    SettingType.wholeNumber(0L, 1L << 40),
                    512L << 20);

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
                    EVENTS_KEPT,
                    ACTIVE_CAP,
                    AGEING_STEP,
                    HORIZON,
                    BACKOFF,
                    LONGEST_BACKOFF,
                    SOFT_LIMIT,
                    HARD_LIMIT,
                    DEAD_LETTER_RETENTION,
                    DEAD_LETTER_BYTES,
                    RETAINED_BYTES);

    private JobSettings() {}
}
