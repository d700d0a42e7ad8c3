package io.trekpoint.lanes.job;

/**
 * Every key of one shard. All carry the shard's hash tag, so that each script stays in one slot of
 * a cluster: a script is given {@link #meta} as KEYS[1] and makes the others from its tag (see
 * {@code lua/part/shard.lua}).
 *
 * <p>An unfinished job has a record, its input, a place in {@link #open}, one in {@link #client},
 * and exactly one of these:
 *
 * <ul>
 *   <li>queued: an entry in {@link #work}, or a member of {@link #front}, or, while its client has
 *       its share of the line already, of {@link #waiting};
 *   <li>active: a member of {@link #lease}, and the token on its record;
 *   <li>delayed: a member of {@link #delayed}.
 * </ul>
 *
 * <p>A job in {@code work} or {@code front}, or active, is a member of its client's {@link #share};
 * whatever takes a job out of the share lets the first of {@code waiting} move up. An ended job is
 * a member of {@link #ended} and of none of those; a dead letter is one of {@link #dead} too.
 */
public final class JobKeys {
    private final String prefix;

    private JobKeys(int shard) {
        this.prefix = "trek:{jobs:" + shard + "}:";
    }

    /** The keys of a shard, from 0. */
    public static JobKeys of(int shard) {
        return new JobKeys(shard);
    }

    /** What every key of the shard begins with. */
    public String prefix() {
        return prefix;
    }

    /** HASH: the job record; its fields are described at {@link JobRecord}. */
    public String record(JobId id) {
        return prefix + "j:" + id;
    }

    /** STRING: the k-th chunk of a job's compressed input. */
    public String input(JobId id, int k) {
        return prefix + "in:" + id + ":" + k;
    }

    /**
     * STRING: the k-th chunk of the compressed output that the holder of a token writes. A small
     * output is in the record.
     */
    public String output(JobId id, String token, int k) {
        return prefix + "out:" + id + ":" + token + ":" + k;
    }

    /** STREAM: queued jobs of a priority; an entry holds a job id and nothing else. */
    public String work(Priority priority) {
        return prefix + "s:" + priority.rank();
    }

    /** ZSET: queued jobs that were claimed before and go first, by the time they came back, µs. */
    public String front() {
        return prefix + "front";
    }

    /** ZSET: queued jobs of a client beyond its share of the line, by arrival, µs. */
    public String waiting(Priority priority, String client) {
        return prefix + "w:" + priority.rank() + ":" + client;
    }

    /** SET: a client's jobs that are in line or active; at most its active cap. */
    public String share(Priority priority, String client) {
        return prefix + "a:" + priority.rank() + ":" + client;
    }

    /** ZSET: unfinished jobs by creation, ms. */
    public String open() {
        return prefix + "open";
    }

    /** ZSET: active jobs by the end of their lease, ms. */
    public String lease() {
        return prefix + "lease";
    }

    /** ZSET: jobs that may not be claimed yet, by the time they may, ms. */
    public String delayed() {
        return prefix + "delayed";
    }

    /** ZSET: ended jobs by the end of their retention, ms. */
    public String ended() {
        return prefix + "ended";
    }

    /** ZSET: dead letters, which are failed jobs whose attempts are spent, by their end, ms. */
    public String dead() {
        return prefix + "dead";
    }

    /** ZSET: a client's jobs by creation, ms. */
    public String client(String client) {
        return prefix + "c:" + client;
    }

    /** HASH: idempotency key of a client to its first job and fingerprint. */
    public String idempotency(String client, String key) {
        return prefix + "d:" + client + ":" + key;
    }

    /** STRING: the tombstone of an expired job; holds its client. */
    public String gone(JobId id) {
        return prefix + "gone:" + id;
    }

    /**
     * STREAM: changes of state, trimmed; an entry holds those that one step made, each field a job
     * id and its value the new state.
     */
    public String events() {
        return prefix + "events";
    }

    /**
     * STREAM: what becomes of the reservations that ended jobs were paid by; an entry holds {@code
     * client}, {@code reservation} and {@code charge}, which is {@code kept} or {@code back}. Never
     * trimmed: whoever has settled one deletes it.
     */
    public String settle() {
        return prefix + "settle";
    }

    /** LIST: idle workers block on it. */
    public String wake() {
        return prefix + "wake";
    }

    /** LIST: one idle worker blocks on it, to be woken itself; lapses at once. */
    String bell(String worker) {
        return prefix + "bell:" + worker;
    }

    /**
     * HASH, about the shard itself. {@code format} and {@code shards}: how the data set is laid
     * out. {@code paused}: {@code 1} while nothing may be claimed. {@code bytes}: held by inputs
     * and outputs, allowances included; {@code endedBytes} and {@code deadBytes}: of those, what
     * ended jobs and dead letters hold; {@code ceiling}: what {@code bytes} may be at the most by
     * the {@code maxmemory} of this Redis, absent where it has none. Counters of what should be
     * rare: {@code staleFinishesRefused}, {@code leasesLapsed}, {@code entriesSkipped}, {@code
     * repairs}. {@code reapedAt}, {@code quietUntil}, {@code reconcileAt}: where the sweeps are.
     */
    public String meta() {
        return prefix + "meta";
    }
}
