package io.trekpoint.system.fault;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How late this machine itself is: a thread that wants to wake every ten milliseconds, and notes
 * when it was kept waiting. What a service answers late for that reason is not its own doing. There
 * is one for all tests, since they share the machine.
 */
final class Pulse {
    private static final Pulse OF_THIS_MACHINE = new Pulse();
    private static final long BEAT_MS = 10;

    /** A wait longer than this is a stall; shorter ones are how timers are. */
    private static final long STALL_MS = 5;

    private record Stall(long fromMs, long toMs) {
        long within(long from, long to) {
            return Math.max(0, Math.min(toMs, to) - Math.max(fromMs, from));
        }
    }

    private final Queue<Stall> stalls = new ConcurrentLinkedQueue<>();

    private Pulse() {
        Thread.ofPlatform().daemon().name("pulse").start(this::run);
    }

    /** The one of this machine, which notes from its first use on. */
    static Pulse ofThisMachine() {
        return OF_THIS_MACHINE;
    }

    /** How much of a time, in epoch milliseconds, the machine has kept everybody waiting. */
    Duration late(long fromMs, long toMs) {
        return Duration.ofMillis(
                stalls.stream().mapToLong(stall -> stall.within(fromMs, toMs)).sum());
    }

    private void run() {
        while (true) {
            long due = System.currentTimeMillis() + BEAT_MS;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BEAT_MS));
            long now = System.currentTimeMillis();
            if (now - due > STALL_MS) {
                stalls.add(new Stall(due, now));
            }
        }
    }
}
