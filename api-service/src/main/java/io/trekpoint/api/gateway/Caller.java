package io.trekpoint.api.gateway;

import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.client.Tier;
import java.util.Set;

/**
 * Who makes a request, however that was found out.
 *
 * @param id whose jobs, limits and idempotency keys; safe to log. No two ways of calling share one:
 *     the id of a client has no hyphen, that of a token begins with {@code jwt-}, that of an
 *     address with {@code anon-}
 * @param name for people
 * @param tier what the caller has subscribed to
 * @param roles what the caller may do beyond being a client; none for most
 * @param anonymous whether nobody vouches for the caller, and all behind an address are one
 */
public record Caller(String id, String name, Tier tier, Set<Role> roles, boolean anonymous) {
    /** Copies the roles. */
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** The holder of an API key. */
    public static Caller of(Client client) {
        return new Caller(client.id(), client.name(), client.tier(), client.roles(), false);
    }

    /** The subject of a token. */
    public static Caller ofToken(String id, String name, Tier tier, Set<Role> roles) {
        return new Caller(id, name, tier, roles, false);
    }

    /** Whoever calls from an address without saying who. */
    public static Caller anonymous(Address address) {
        return new Caller("anon-" + address.digest(), "anonymous", Tier.FREE, Set.of(), true);
    }
}
