package io.trekpoint.api.gateway;

import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneException;
import io.trekpoint.lanes.guard.SteadyClock;
import io.trekpoint.lanes.limit.Limit;
import io.trekpoint.lanes.limit.LocalRate;
import io.trekpoint.lanes.limit.SharedRate;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what each address sends that leads nowhere: credentials that are refused, and paths that
 * are not there. Decides in this process at once, so that nobody can make Redis busy by guessing,
 * and adds up with the other gateways a moment later. Whoever has a right key is served all the
 * same, as behind a proxy or a shared address the guesses are often somebody else's. Thread-safe.
 */
@Singleton
public class Strays {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int ADDRESSES_A_CALL = 200;

    private final LocalRate local;
    private final Limit.Rate rate;
    private final int most;

    /** What was admitted here since the others were told, by the digest of its address. */
    private final ConcurrentHashMap<String, Integer> untold = new ConcurrentHashMap<>();

    Strays(GatewayConfig config) {
        this.rate = new Limit.Rate("strays", config.strayRequests(), WINDOW);
        this.most = config.strayAddresses();
        this.local = new LocalRate(rate, most, new SteadyClock());
    }

    /** The sum of all gateways, to {@link #exchange} with. */
    public SharedRate shared(Lane limits) {
        return new SharedRate(limits, rate, most);
    }

    /** Counts one; where an address has sent too many, when it may send the next. */
    public Optional<Duration> count(Address address) {
        String who = address.digest();
        Optional<Duration> wait = local.take(who);
        if (wait.isEmpty() && (untold.size() < most || untold.containsKey(who))) {
            untold.merge(who, 1, Integer::sum);
        }
        return wait;
    }

    /**
     * Adds what was counted here to the sum of all gateways, and takes that over. While Redis does
     * not answer each gateway counts by itself, and carries nothing of it over: what an address
     * owes is over in a minute.
     *
     * @throws LaneException when Redis gives no useful answer
     */
    void exchange(SharedRate shared) {
        if (!shared.available()) {
            untold.clear();
        }
        while (!untold.isEmpty()) {
            shared.add(some()).forEach(local::owe);
        }
    }

    private Map<String, Integer> some() {
        Map<String, Integer> taken = new HashMap<>();
        Iterator<String> addresses = untold.keySet().iterator();
        while (addresses.hasNext() && taken.size() < ADDRESSES_A_CALL) {
            String who = addresses.next();
            Integer count = untold.remove(who);
            if (count != null) {
                taken.put(who, count);
            }
        }
        return taken;
    }
}
