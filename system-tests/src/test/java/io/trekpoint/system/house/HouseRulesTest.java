package io.trekpoint.system.house;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.trekpoint.lanes.setting.SettingKey;
import jakarta.ws.rs.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "io.trekpoint", importOptions = HouseRulesTest.MainCode.class)
class HouseRulesTest {

    private static final String LANES = "io.trekpoint.lanes..";
    private static final String API = "io.trekpoint.api..";
    private static final String WORKER = "io.trekpoint.worker..";
    private static final String CONTROL = "io.trekpoint.control..";
    private static final String SETTINGS = "io.trekpoint.lanes.setting";
    private static final String[] REDIS = {"io.vertx..redis..", "io.quarkus.redis.."};
    private static final String[] JAX_RS = {"jakarta.ws.rs..", "org.jboss.resteasy.."};
    private static final String[] CDI = {"jakarta.inject..", "jakarta.enterprise.."};
    private static final Set<String> EMPTY_WORDS =
            Set.of(
                    "util",
                    "utils",
                    "common",
                    "commons",
                    "helper",
                    "helpers",
                    "impl",
                    "manager",
                    "managers");

    /** What the modules are packaged from: not their test jars, and not this module. */
    static final class MainCode implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar") && !location.contains("/test-classes/");
        }
    }

    @ArchTest
    static void everyModuleIsSeen(JavaClasses classes) {
        for (String module : List.of(LANES, API, WORKER, CONTROL)) {
            assertThat(classes.that(resideInAnyPackage(module)))
                    .as("classes of %s on the class path", module)
                    .anyMatch(it -> !it.getSimpleName().equals("package-info"));
        }
    }

    @ArchTest
    static final ArchRule gatewayImportsNoOtherService =
            noClasses()
                    .that()
                    .resideInAPackage(API)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(WORKER, CONTROL);

    @ArchTest
    static final ArchRule workerImportsNoOtherService =
            noClasses()
                    .that()
                    .resideInAPackage(WORKER)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(API, CONTROL);

    @ArchTest
    static final ArchRule controlImportsNoOtherService =
            noClasses()
                    .that()
                    .resideInAPackage(CONTROL)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(API, WORKER);

    @ArchTest
    static final ArchRule lanesImportNoService =
            noClasses()
                    .that()
                    .resideInAPackage(LANES)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(API, WORKER, CONTROL);

    @ArchTest
    static final ArchRule lanesKnowNeitherCdiNorJaxRsNorQuarkus =
            noClasses()
                    .that()
                    .resideInAPackage(LANES)
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(CDI)
                                    .or(resideInAnyPackage(JAX_RS))
                                    .or(resideInAnyPackage("io.quarkus..")));

    @ArchTest
    static final ArchRule jobsKnowNeitherLimitsNorMirrors = rooms("job", "limit", "mirror");

    @ArchTest
    static final ArchRule limitsKnowNeitherJobsNorMirrors = rooms("limit", "job", "mirror");

    @ArchTest
    static final ArchRule mirrorsKnowNeitherJobsNorLimits = rooms("mirror", "job", "limit");

    @ArchTest
    static final ArchRule redisTypesStayInLanesAndInWhatWiresThem =
            noClasses()
                    .that(
                            resideInAnyPackage(API, WORKER, CONTROL)
                                    .and(topLevelNameNotEndingWith("Wiring")))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(REDIS);

    @ArchTest
    static final ArchRule jaxRsTypesStayInResourcesFiltersAndMappers =
            noClasses()
                    .that(
                            resideInAnyPackage(API, WORKER, CONTROL)
                                    .and(topLevelNameNotEndingWith("Resource", "Filter", "Mapper"))
                                    .and(DescribedPredicate.not(resideInAnyPackage("..problem.."))))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(JAX_RS);

    @ArchTest
    static final ArchRule gpxWorkIsPlainJava =
            noClasses()
                    .that()
                    .resideInAPackage("io.trekpoint.worker.gpx..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(REDIS)
                                    .or(resideInAnyPackage(JAX_RS))
                                    .or(resideInAnyPackage(CDI))
                                    .or(
                                            resideInAnyPackage(
                                                    "io.quarkus..",
                                                    "io.vertx..",
                                                    "java.net.http.."))
                                    .or(
                                            resideInAnyPackage(
                                                    "io.trekpoint.lanes.redis..",
                                                    "io.trekpoint.lanes.guard..")));

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().assignedFrom(new EachPackage()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes()
                    .that(
                            DescribedPredicate.describe(
                                    "are ours", it -> !it.getSimpleName().equals("package-info")))
                    .should(new BeInAPackageAnnotatedWith(NullMarked.class));

    @ArchTest
    static final ArchRule namesSaySomething =
            noClasses()
                    .should(
                            be(
                                    DescribedPredicate.describe(
                                            "named, or in a package named, with one of "
                                                    + EMPTY_WORDS,
                                            HouseRulesTest::hasAnEmptyWord)));

    @ArchTest
    static final ArchRule injectionGoesThroughConstructors =
            noFields()
                    .should()
                    .beAnnotatedWith("jakarta.inject.Inject")
                    .orShould()
                    .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
                    .orShould()
                    .beAnnotatedWith("jakarta.ws.rs.core.Context");

    @ArchTest
    static final ArchRule timeIsAParameter =
            noClasses().should().accessTargetWhere(calls(System.class, "currentTimeMillis"));

    @ArchTest
    static final ArchRule nobodySleeps =
            noClasses()
                    .should()
                    .accessTargetWhere(
                            calls(Thread.class, "sleep").or(calls(TimeUnit.class, "sleep")));

    /** One that is not is listed by OpenAPI and not served. */
    @ArchTest
    static final ArchRule resourceMethodsArePublic =
            methods().that().areMetaAnnotatedWith(HttpMethod.class).should().bePublic();

    @ArchTest
    static void everySettingIsRead(JavaClasses classes) {
        JavaClasses groups =
                classes.that(
                        DescribedPredicate.describe(
                                "declare settings",
                                it ->
                                        it.getPackageName().equals(SETTINGS)
                                                && it.getSimpleName().endsWith("Settings")));
        assertThat(groups).isNotEmpty();
        for (JavaClass group : groups) {
            for (JavaField setting : group.getFields()) {
                if (setting.getRawType().isAssignableTo(SettingKey.class)) {
                    assertThat(setting.getAccessesToSelf())
                            .as("readers of %s", setting.getFullName())
                            .anyMatch(it -> !it.getOriginOwner().getPackageName().equals(SETTINGS));
                }
            }
        }
    }

    private static ArchRule rooms(String room, String... others) {
        return noClasses()
                .that()
                .resideInAPackage("io.trekpoint.lanes." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        Stream.of(others)
                                .map(other -> "io.trekpoint.lanes." + other + "..")
                                .toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> topLevelNameNotEndingWith(String... ends) {
        return DescribedPredicate.describe(
                "are not named *" + String.join(", *", ends),
                it -> Stream.of(ends).noneMatch(topLevel(it).getSimpleName()::endsWith));
    }

    private static JavaClass topLevel(JavaClass it) {
        return it.getEnclosingClass().map(HouseRulesTest::topLevel).orElse(it);
    }

    private static DescribedPredicate<JavaAccess<?>> calls(Class<?> type, String method) {
        return target(owner(JavaClass.Predicates.assignableTo(type))).and(target(name(method)));
    }

    private static boolean hasAnEmptyWord(JavaClass it) {
        Stream<String> words =
                Stream.concat(
                        Stream.of(it.getPackageName().split("\\.")),
                        Stream.of(
                                it.getSimpleName()
                                        .split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")));
        return words.map(word -> word.toLowerCase(Locale.ROOT)).anyMatch(EMPTY_WORDS::contains);
    }
}
