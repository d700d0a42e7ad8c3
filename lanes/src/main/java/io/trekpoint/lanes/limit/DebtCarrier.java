package io.trekpoint.lanes.limit;

import io.trekpoint.lanes.guard.LaneException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Carries what this process has admitted by itself into the shared count, for each client by one
 * thread at a time. A client is known to owe its debt until that has arrived, so that nobody asks
 * the shared count for it before. Thread-safe.
 */
final class DebtCarrier {
    private static final int AT_ONCE = 64;

    private final SharedLimiter shared;
    private final LocalLimiter local;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<String, CountDownLatch> underWay = new ConcurrentHashMap<>();

    /**
     * Carries from the last to the first.
     *
     * @param nanos a clock that never steps back, such as {@link System#nanoTime}
     */
    DebtCarrier(SharedLimiter shared, LocalLimiter local, LongSupplier nanos) {
        this.shared = shared;
        this.local = local;
        this.nanos = nanos;
    }

    /**
     * Carries what a client owes, or waits for whoever is doing so, at most the lane's deadline.
     *
     * @return whether the client owes nothing any more
     * @throws LaneException when Redis gives no useful answer; the debt stays to be carried
     */
    boolean settle(String clientId) {
        if (!local.isIndebted(clientId)) {
            return true;
        }
        CountDownLatch carried = new CountDownLatch(1);
        CountDownLatch others = underWay.putIfAbsent(clientId, carried);
        if (others != null) {
            return await(others) && !local.isIndebted(clientId);
        }
        try {
            carry(clientId);
            return local.strikeOut(clientId);
        } finally {
            underWay.remove(clientId);
            carried.countDown();
        }
    }

    /**
     * Carries what all clients owe, those of some at once: then the lane sends them together.
     *
     * @param within no more is begun after that
     * @return for how many clients
     * @throws LaneException when Redis gives no useful answer; the rest stays to be carried
     * @throws InterruptedException when the thread is; likewise
     */
    int settleAll(Duration within) throws InterruptedException {
        long began = nanos.getAsLong();
        List<String> clients = List.copyOf(local.indebted());
        int settled = 0;
        for (int from = 0;
                from < clients.size() && nanos.getAsLong() - began < within.toNanos();
                from += AT_ONCE) {
            int to = Math.min(clients.size(), from + AT_ONCE);
            settled += settleTogether(clients.subList(from, to));
        }
        return settled;
    }

    private int settleTogether(List<String> clients) throws InterruptedException {
        List<Callable<Boolean>> tasks = new ArrayList<>(clients.size());
        clients.forEach(clientId -> tasks.add(() -> settle(clientId)));
        int settled = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                settled += task.get() ? 1 : 0;
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LaneException failure) {
                throw failure;
            }
            throw new IllegalStateException("a debt could not be carried", e);
        }
        return settled;
    }

    /** What may have been carried is carried again: nobody gains by an answer that was lost. */
    private void carry(String clientId) {
        Debt debt = local.takeDebt(clientId);
        if (debt.none()) {
            return;
        }
        try {
            shared.carry(clientId, debt);
        } catch (RuntimeException e) {
            local.putBack(clientId, debt);
            throw e;
        }
    }

    private boolean await(CountDownLatch others) {
        try {
            return others.await(shared.deadline().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
