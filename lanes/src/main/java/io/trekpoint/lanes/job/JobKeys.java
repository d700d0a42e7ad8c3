package io.trekpoint.lanes.job;

import java.util.ArrayList;
import java.util.List;

/**
 * Every key of one shard. All carry the shard's hash tag, so that each script stays in one slot of
 * a cluster.
 */
public final class JobKeys {
    /** How many wake-ups wait for idle workers at the most. */
    static final int LONGEST_WAKE_LIST = 128;

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

    /** HASH: the job record. */
    public String record(JobId id) {
        return prefix + "j:" + id;
    }

    /** STRING: the k-th chunk of a job's compressed input. */
    public String input(JobId id, int k) {
        return prefix + "in:" + id + ":" + k;
    }

    /** STRING: the k-th chunk of the compressed output that the holder of a token writes. */
    public String output(JobId id, String token, int k) {
        return prefix + "out:" + id + ":" + token + ":" + k;
    }

    /** STREAM: queued jobs; an entry holds a job id and nothing else. */
    public String work() {
        return prefix + "s:0";
    }

    /** ZSET: unfinished jobs by creation. */
    public String open() {
        return prefix + "open";
    }

    /** ZSET: active jobs by the end of their lease, ms. */
    public String lease() {
        return prefix + "lease";
    }

    /** ZSET: ended jobs by the end of their retention, ms. */
    public String ended() {
        return prefix + "ended";
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

    /** LIST: the jobs that one claim has taken, so that a lost answer can be asked for again. */
    String claimed(String claim) {
        return prefix + "k:" + claim;
    }

    /** STREAM: changes of state, trimmed. */
    public String events() {
        return prefix + "events";
    }

    /** LIST: idle workers block on it. */
    public String wake() {
        return prefix + "wake";
    }

    /** HASH: byte counter and invariant counters. */
    public String meta() {
        return prefix + "meta";
    }

    List<String> inputs(JobId id, int chunks) {
        List<String> keys = new ArrayList<>(chunks);
        for (int k = 0; k < chunks; k++) {
            keys.add(input(id, k));
        }
        return keys;
    }

    List<String> outputs(JobId id, String token, int chunks) {
        List<String> keys = new ArrayList<>(chunks);
        for (int k = 0; k < chunks; k++) {
            keys.add(output(id, token, k));
        }
        return keys;
    }
}
