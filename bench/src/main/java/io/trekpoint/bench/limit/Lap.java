package io.trekpoint.bench.limit;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one lap came to.
 *
 * @param rate checks a second
 * @param p99 milliseconds
 */
record Lap(double rate, double p99) {
    private static final int MOST_SAMPLES = 4_000_000;

    /** So many callers ask without a pause, in turn for so many clients. */
    static Lap run(Checks checks, int callers, int clients, int seconds)
            throws InterruptedException {
        int[] micros = new int[MOST_SAMPLES];
        AtomicInteger done = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        CountDownLatch over = new CountDownLatch(callers);
        long began = System.nanoTime();
        long ends = began + seconds * 1_000_000_000L;
        for (int caller = 0; caller < callers; caller++) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            ask(checks, clients, ends, micros, done, wrong);
                        } finally {
                            over.countDown();
                        }
                    });
        }
        over.await();
        double took = (System.nanoTime() - began) / 1e9;
        if (wrong.get() > 0) {
            throw new IllegalStateException(wrong + " checks were refused or not shared");
        }
        int count = Math.min(done.get(), MOST_SAMPLES);
        Arrays.sort(micros, 0, count);
        return new Lap(done.get() / took, micros[(int) (count * 0.99)] / 1000.0);
    }

    private static void ask(
            Checks checks,
            int clients,
            long ends,
            int[] micros,
            AtomicInteger done,
            AtomicInteger wrong) {
        long now = System.nanoTime();
        while (now < ends) {
            int client = clients == 1 ? 0 : ThreadLocalRandom.current().nextInt(clients);
            if (!checks.check("c" + client)) {
                wrong.incrementAndGet();
            }
            long after = System.nanoTime();
            int at = done.getAndIncrement();
            if (at < MOST_SAMPLES) {
                micros[at] = (int) ((after - now) / 1000);
            }
            now = after;
        }
    }
}
