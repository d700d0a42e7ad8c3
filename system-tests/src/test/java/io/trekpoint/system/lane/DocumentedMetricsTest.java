package io.trekpoint.system.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.trekpoint.system.product.Gpx;
import io.trekpoint.system.product.Product;
import io.trekpoint.system.product.Service;
import io.trekpoint.system.product.WholeProduct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The metrics that the operations page tells of and those the services give are the same, and
 * alerts and the dashboard go by no others.
 */
@ExtendWith(WholeProduct.class)
class DocumentedMetricsTest {
    /** A gauge with labels, or a counter of faults, has no sample before there is one. */
    private static final Set<String> ONLY_ONCE_THEY_HAPPEN =
            Set.of(
                    "trek_lane_faults_total",
                    "trek_gateway_refused_heads_total",
                    "trek_limits_watched_refusals_total",
                    "trek_quota_released_total");

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path PAGE = ROOT.resolve("docs/operations.md");
    private static final List<String> WATCHERS =
            List.of("deploy/alerts/rules.yaml", "deploy/dashboards/trek-point.json");

    /** JSON is YAML, too. */
    private static final YAMLMapper YAML = new YAMLMapper();

    private static final Pattern ROW = Pattern.compile("^\\| (`trek_.*?) \\| ([a-z, ]+) \\|.*");
    private static final Pattern NAME = Pattern.compile("`(trek_[a-z_]+)");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z][a-z_]+)");
    private static final Pattern ASKED = Pattern.compile("\\b(?:trek|http|jvm|redis)_[a-z_]+");

    private record Metric(String name, String services) {
        boolean of(String service) {
            return services.equals("all") || List.of(services.split(", ")).contains(service);
        }
    }

    @BeforeAll
    static void work(Product product) {
        assertThat(
                        product.client("partner")
                                .export("kml", Gpx.walk(), "Prefer", "wait=20")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void areAllThere(Product product) {
        List<Metric> documented = documented();
        assertThat(documented).hasSizeGreaterThan(30);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        services(product)
                                .forEach((label, service) ->
                                        assertThat(given(service))
                                                .as(label)
                                                .containsAll(promised(documented, label))));
    }

    @Test
    void areAllTold(Product product) {
        List<Metric> documented = documented();
        services(product)
                .forEach((label, service) -> {
                    Set<String> told = new TreeSet<>();
                    documented.stream()
                            .filter(metric -> metric.of(label))
                            .forEach(metric -> told.add(metric.name));
                    assertThat(told).as(label).containsAll(given(service));
                });
    }

    @Test
    void areAllThatAlertsAndTheDashboardGoBy(Product product) throws IOException {
        Set<String> known = new TreeSet<>(ONLY_ONCE_THEY_HAPPEN);
        services(product).values().forEach(service -> known.addAll(samples(service)));
        for (String file : WATCHERS) {
            Set<String> asked = new TreeSet<>();
            for (String expression :
                    YAML.readTree(ROOT.resolve(file).toFile()).findValuesAsText("expr")) {
                ASKED.matcher(expression).results().map(MatchResult::group).forEach(asked::add);
            }
            assertThat(asked).as(file).hasSizeGreaterThan(5).isSubsetOf(known);
        }
    }

    private static Map<String, Service> services(Product product) {
        return Map.of(
                "gateway", product.gateway(),
                "worker", product.worker(),
                "control", product.control());
    }

    private static List<String> promised(List<Metric> documented, String service) {
        return documented.stream()
                .filter(metric -> metric.of(service))
                .map(Metric::name)
                .filter(name -> !ONLY_ONCE_THEY_HAPPEN.contains(name))
                .toList();
    }

    /** Names of what a service gives; a histogram has one, however many series it is. */
    private static Set<String> given(Service service) {
        Set<String> names = new TreeSet<>();
        for (String sample : samples(service)) {
            if (sample.startsWith("trek_")) {
                names.add(sample.replaceFirst("_seconds_(bucket|count|sum|max)$", "_seconds"));
            }
        }
        return names;
    }

    private static Set<String> samples(Service service) {
        Set<String> names = new TreeSet<>();
        Matcher samples = SAMPLE.matcher(service.metrics());
        while (samples.find()) {
            names.add(samples.group(1));
        }
        return names;
    }

    private static List<Metric> documented() {
        List<Metric> metrics = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(PAGE)) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    Matcher names = NAME.matcher(row.group(1));
                    while (names.find()) {
                        metrics.add(new Metric(names.group(1), row.group(2)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return metrics;
    }
}
