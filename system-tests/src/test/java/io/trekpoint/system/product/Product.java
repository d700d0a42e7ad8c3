package io.trekpoint.system.product;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole product as processes, for one or more tests: Redis, the services and the keys of its
 * first clients. Closing it ends every process that it started.
 */
public final class Product implements AutoCloseable {
    private static final Duration REPAIR = Duration.ofSeconds(20);

    private final Plan plan;
    private final Path directory;
    private final Map<LaneName, RedisServer> redis = new EnumMap<>(LaneName.class);
    private final List<Service> services = new ArrayList<>();
    private final Map<String, String> keys = new HashMap<>();
    private final String initToken = UUID.randomUUID().toString();
    private final Service control;

    Product(Plan plan) {
        this.plan = plan;
        this.directory = Checkout.freshDirectory(plan.name());
        startRedis();
        try {
            control = add(Module.CONTROL, Map.of("TREK_INIT_TOKEN", initToken));
            for (int i = 0; i < plan.gateways(); i++) {
                add(Module.API, Map.of());
            }
            add(Module.WORKER, Map.of());
            services.forEach(Service::launch);
            services.forEach(Service::awaitReady);
            init();
            plan.settings().forEach(this::set);
            awaitRevision(1 + plan.settings().size());
            awaitNormal(REPAIR);
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    /** The Redis of a lane. */
    public RedisServer redis(LaneName lane) {
        return at(redis, lane);
    }

    /** The control service. */
    public Service control() {
        return control;
    }

    /** The first gateway. */
    public Service gateway() {
        return gateways().getFirst();
    }

    /** Every gateway. */
    public List<Service> gateways() {
        return services.stream().filter(service -> service.module() == Module.API).toList();
    }

    /** The first worker. */
    public Service worker() {
        return services.stream()
                .filter(service -> service.module() == Module.WORKER)
                .findFirst()
                .orElseThrow();
    }

    /** Every service, whether it runs or not. */
    public List<Service> services() {
        return List.copyOf(services);
    }

    /** Calls the first gateway as one of the first clients. */
    public Caller client(String name) {
        return gateway().caller().as(key(name));
    }

    /** Calls the control service as one of the first clients. */
    public Caller operator(String name) {
        return control.caller().as(key(name));
    }

    /** The API key of one of the first clients. */
    public String key(String name) {
        return at(keys, name);
    }

    /**
     * A further service that is not started yet.
     *
     * @param environment what it is told unlike the others
     */
    public Service add(Module module, Map<String, String> environment) {
        Map<String, String> all = new LinkedHashMap<>(shared());
        all.putAll(environment);
        Service service =
                new Service(module, module.label() + "-" + services.size(), directory, all);
        services.add(service);
        return service;
    }

    /** Ends a further service and forgets it. */
    public void remove(Service service) {
        service.close();
        services.remove(service);
    }

    /** Starts again whatever is down, and waits until every concern is normal. */
    public void heal() {
        redis.values().stream().distinct().forEach(Product::revive);
        services.forEach(Service::launch);
        services.forEach(Service::awaitReady);
        awaitNormal(REPAIR);
    }

    /**
     * Waits until every running service has every concern in its normal mode and is answered on
     * every lane: flags and settings are normal until they have gone without news for a while.
     */
    public void awaitNormal(Duration atMost) {
        await("every concern is normal, every lane answers")
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() ->
                        modesUnlikeNormal().isEmpty()
                                && services.stream()
                                        .filter(Service::runs)
                                        .allMatch(Service::isAnswered));
    }

    /** For each running service, the concerns that have left normal, where there are any. */
    public Map<String, List<String>> modesUnlikeNormal() {
        return services.stream()
                .filter(Service::runs)
                .filter(service -> !service.abnormal().isEmpty())
                .collect(
                        Collectors.toMap(
                                service -> service.module().label() + " " + service.url(),
                                Service::abnormal,
                                (one, _) -> one,
                                TreeMap::new));
    }

    /** How many keys of the jobs lane match a pattern such as {@code j:*}. */
    public long jobKeys(String pattern) {
        return number(LaneName.JOBS, "return #redis.call('KEYS', 'trek:{jobs:0}:" + pattern + "')");
    }

    /** What the jobs lane counts in its {@code meta}, such as {@code repairs}. */
    public long counted(String what) {
        return number(
                LaneName.JOBS,
                "return tonumber(redis.call('HGET', 'trek:{jobs:0}:meta', '" + what + "') or 0)");
    }

    /** How often the events of the jobs lane tell a state of a job. */
    public long events(String job, String state) {
        return number(
                LaneName.JOBS,
                "local n = 0 for _, e in ipairs(redis.call('XRANGE', 'trek:{jobs:0}:events', '-', '+')) do"
                        + " for i = 1, #e[2], 2 do"
                        + " if e[2][i] == '%s' and e[2][i + 1] == '%s' then n = n + 1 end end end return n"
                                .formatted(job, state));
    }

    /** The files of this product's logs that hold a key, or the token that creates keys. */
    public List<Path> logsWithSecrets() {
        List<String> secrets = Stream.concat(keys.values().stream(), Stream.of(initToken)).toList();
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .filter(file -> secrets.stream().anyMatch(read(file)::contains))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        services.forEach(Service::close);
        redis.values().stream().distinct().forEach(RedisServer::close);
    }

    /** One for all lanes, but for those that have one already and those that want their own. */
    private void startRedis() {
        redis.putAll(plan.given());
        plan.apart().forEach(lane -> redis.put(lane, RedisServer.start(plan.redisOptions())));
        Set<LaneName> others = EnumSet.allOf(LaneName.class);
        others.removeAll(redis.keySet());
        if (!others.isEmpty()) {
            RedisServer one = RedisServer.start(plan.redisOptions());
            others.forEach(lane -> redis.put(lane, one));
        }
    }

    private Map<String, String> shared() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("TREK_REDIS_JOBS_URL", redis(LaneName.JOBS).url());
        environment.put("TREK_REDIS_LIMITS_URL", redis(LaneName.LIMITS).url());
        environment.put("TREK_REDIS_CONTROL_URL", redis(LaneName.CONTROL).url());
        environment.putAll(plan.environment());
        environment.put("TREK_CONTROL_KEY_FILE", keyFile().toString());
        if (!services.isEmpty()) {
            environment.put("TREK_CONTROL_URL", services.getFirst().url().toString());
        }
        return environment;
    }

    private void init() {
        String people = plan.people().stream().map(Person::json).collect(Collectors.joining(","));
        Answer answer =
                control.caller()
                        .postJson(
                                "/v1/init",
                                "{\"clients\":[" + people + "]}",
                                "Authorization",
                                "Bearer " + initToken);
        if (answer.status() != 201) {
            throw new IllegalStateException("init: " + answer);
        }
        for (JsonNode client : answer.json().path("clients")) {
            keys.put(client.path("name").asText(), client.path("key").asText());
        }
        try {
            Files.writeString(keyFile(), key("reader"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until every service that runs goes by that revision or a later one. */
    public void awaitRevision(long revision) {
        await().atMost(REPAIR)
                .until(() ->
                        services.stream()
                                .filter(Service::runs)
                                .allMatch(service -> service.revision() >= revision));
    }

    private void set(String key, String value) {
        String body = "{\"value\": %s, \"reason\": \"the plan\"}".formatted(value);
        Answer answer = operator("operator").putJson("/v1/settings/" + key, body, "If-Match", "*");
        if (answer.status() != 200) {
            throw new IllegalStateException("setting " + key + ": " + answer);
        }
    }

    private Path keyFile() {
        return directory.resolve("service-key");
    }

    private long number(LaneName lane, String script) {
        String reply = redis(lane).command("EVAL \"" + script + "\" 0");
        if (!reply.startsWith(":")) {
            throw new IllegalStateException("Redis answered " + reply);
        }
        return Long.parseLong(reply.substring(1));
    }

    private static void revive(RedisServer server) {
        server.thaw();
        if (!answers(server)) {
            server.restart();
        }
    }

    private static boolean answers(RedisServer server) {
        try {
            return server.command("PING").equals("+PONG");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <K, V> V at(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + key);
        }
        return value;
    }
}
