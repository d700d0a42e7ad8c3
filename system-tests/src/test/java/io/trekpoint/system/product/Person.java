package io.trekpoint.system.product;

/**
 * A client of the product, as the first clients are made.
 *
 * @param name unlike any other in a product
 * @param tier {@code free}, {@code pro} or {@code partner}
 * @param role of an operator or service; empty for a client of the gateway
 */
public record Person(String name, String tier, String role) {
    /** A client of the gateway. */
    public static Person client(String name, String tier) {
        return new Person(name, tier, "");
    }

    /** One who may use the control service. */
    static Person of(String role) {
        return new Person(role, "partner", role);
    }

    String json() {
        String roles = role.isEmpty() ? "" : '"' + role + '"';
        return "{\"name\":\"%s\",\"tier\":\"%s\",\"roles\":[%s]}".formatted(name, tier, roles);
    }
}
