package io.trekpoint.system.product;

import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.RedisServer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a product is made of. Starts as one of each service on one Redis, with calm limits. */
public final class Plan {
    private final String name;
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Set<LaneName> apart = EnumSet.noneOf(LaneName.class);
    private final Map<LaneName, RedisServer> given = new EnumMap<>(LaneName.class);
    private final List<Person> people =
            new ArrayList<>(
                    List.of(
                            Person.of("reader"),
                            Person.of("viewer"),
                            Person.of("operator"),
                            Person.client("partner", "partner"),
                            Person.client("pro", "pro"),
                            Person.client("free", "free")));
    private List<String> redisOptions = List.of();
    private int gateways = 1;

    private Plan(String name) {
        this.name = name;
        setting("limits.burst.requests", "1000");
        with("TREK_LANES_LIMITS_DEADLINE", "500ms");
    }

    /** A plan; the name is the directory of its logs. */
    public static Plan named(String name) {
        return new Plan(name);
    }

    /** Sets an environment variable of every service, such as the URL of a lane's Redis. */
    public Plan with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Gives a setting a value, as JSON, before the first test; one after the other. */
    public Plan setting(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Command-line options of every Redis. */
    public Plan redis(String... options) {
        redisOptions = List.of(options);
        return this;
    }

    /** Puts a lane on a Redis of its own. */
    public Plan apart(LaneName lane) {
        apart.add(lane);
        return this;
    }

    /** Puts a lane on a Redis that runs already, and ends with the product. */
    public Plan on(LaneName lane, RedisServer redis) {
        given.put(lane, redis);
        return this;
    }

    /** Adds a client. */
    public Plan person(Person person) {
        people.add(person);
        return this;
    }

    /** How many gateways to start. */
    public Plan gateways(int number) {
        gateways = number;
        return this;
    }

    /** Starts it all, creates the control state, and waits until every service knows it. */
    public Product start() {
        return new Product(this);
    }

    String name() {
        return name;
    }

    Map<String, String> environment() {
        return environment;
    }

    Map<String, String> settings() {
        return settings;
    }

    Set<LaneName> apart() {
        return apart;
    }

    Map<LaneName, RedisServer> given() {
        return given;
    }

    List<Person> people() {
        return people;
    }

    String[] redisOptions() {
        return redisOptions.toArray(String[]::new);
    }

    int gateways() {
        return gateways;
    }
}
