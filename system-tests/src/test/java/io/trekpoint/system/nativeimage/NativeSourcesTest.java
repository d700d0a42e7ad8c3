package io.trekpoint.system.nativeimage;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads the native sources that a build has left in each service; no image is built. */
class NativeSourcesTest {

    private static final String HOW =
            "mvn -B -DskipTests -Dquick package -pl api-service,worker-service,control-service -am"
                    + " -Dquarkus.native.enabled=true -Dquarkus.native.sources-only=true -Dquarkus.package.jar.enabled=false";

    private static final Path ROOT =
            Stream.iterate(Path.of("").toAbsolutePath(), dir -> dir != null, Path::getParent)
                    .filter(dir -> Files.exists(dir.resolve("lanes/pom.xml")))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException(
                                    "no lanes/pom.xml above the working directory"));

    private static JavaClasses classes;

    /** A service, by its package. */
    enum Service {
        API,
        WORKER,
        CONTROL;

        String module() {
            return name().toLowerCase(Locale.ROOT) + "-service";
        }

        JavaClasses classes() {
            String own = "io.trekpoint." + name().toLowerCase(Locale.ROOT) + "..";
            return classes.that(resideInAnyPackage(own, "io.trekpoint.lanes.."));
        }

        NativeSources nativeSources() {
            Path directory = ROOT.resolve(module()).resolve("target/native-sources");
            assumeTrue(Files.isDirectory(directory), () -> "no " + directory + "; made by: " + HOW);
            return NativeSources.read(directory);
        }
    }

    @BeforeAll
    static void importClasses() {
        classes =
                new ClassFileImporter()
                        .withImportOption(
                                it -> !it.contains("-tests.jar") && !it.contains("/test-classes/"))
                        .importPackages("io.trekpoint");
    }

    @ParameterizedTest
    @EnumSource
    void everyScriptIsInTheImage(Service service) {
        NativeSources image = service.nativeSources();
        Map<String, String> scripts = scripts();

        assertThat(scripts).isNotEmpty();
        assertThat(scripts.keySet())
                .as(
                        "scripts that are not configured as resources of the image of %s",
                        service.module())
                .filteredOn(name -> !image.includes(name))
                .isEmpty();
        assertThat(scripts.keySet())
                .as(
                        "scripts that differ from those in the native sources, which are stale; made anew by: %s",
                        HOW)
                .filteredOn(name -> !scripts.get(name).equals(image.resourceOfLanes(name)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeReadOrWrittenAsJsonIsReflected(Service service) {
        NativeSources image = service.nativeSources();
        var types = JsonTypes.of(service.classes());

        assertThat(types).isNotEmpty();
        assertThat(types)
                .as(
                        "types of %s for Jackson that its image would not reflect: name them in @RegisterForReflection of the service,"
                                + " or in the reachability metadata of lanes",
                        service.module())
                .filteredOn(type -> !image.reflects(type))
                .isEmpty();
    }

    /** The Lua sources of {@code lanes} by their names on the class path. */
    private static Map<String, String> scripts() {
        Path resources = ROOT.resolve("lanes/src/main/resources");
        var scripts = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(resources)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".lua")).toList()) {
                scripts.put(
                        resources.relativize(file).toString().replace('\\', '/'),
                        Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return scripts;
    }
}
