package io.trekpoint.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.SpecificationQuerier;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.mirror.MirrorFixture;
import io.trekpoint.lanes.mirror.Source;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(ControlRedis.class)
class StateResourceTest {
    @TestHTTPResource private URI service;

    @Test
    void answersTheWholeStateAndNothingToWhoHasIt() {
        Response state = Keys.as("reader").get("/v1/state");
        state.then()
                .statusCode(200)
                .header("Trek-Source", "redis")
                .header("Trek-Age", notNullValue())
                .body("epoch", notNullValue())
                .body("clients.size()", greaterThanOrEqualTo(5));
        Keys.as("reader")
                .header("If-None-Match", state.header("ETag"))
                .get("/v1/state")
                .then()
                .statusCode(304)
                .header("ETag", state.header("ETag"));
        Keys.as("reader")
                .header("If-None-Match", "\"other\"")
                .get("/v1/state")
                .then()
                .statusCode(200);
    }

    @Test
    void fillsAMirrorThatCannotReachRedis(@TempDir Path directory) throws IOException {
        Keys.as("operator").body("{\"reason\":\"test\"}").post("/v1/flags/gpx.export/kill");
        Path key = directory.resolve("key");
        Files.writeString(
                key,
                SpecificationQuerier.query(Keys.as("reader")).getHeaders().getValue("X-API-Key"));
        try (RedisServer dead = RedisServer.start();
                LaneFixture fixture = new LaneFixture(dead)) {
            dead.kill();
            var sources = new MirrorFixture.Sources(service, key, directory);
            try (Mirror mirror =
                    MirrorFixture.start(fixture, fixture.lane(LaneName.CONTROL), sources)) {
                assertThat(mirror.current().source()).isEqualTo(Source.CONTROL);
                assertThat(mirror.current().state().enabled(FlagKey.of(GpxType.EXPORT))).isFalse();
                assertThat(mirror.current().state().clients()).hasSizeGreaterThanOrEqualTo(5);
            }
        }
        Keys.as("operator").body("{\"reason\":\"test\"}").post("/v1/flags/gpx.export/restore");
    }
}
