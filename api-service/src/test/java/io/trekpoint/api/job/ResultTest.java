package io.trekpoint.api.job;

import static io.trekpoint.api.gateway.KnownClients.HIKER;
import static io.trekpoint.api.gateway.KnownClients.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.lanes.redis.RedisServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What RFC 9110 says of conditions, ranges and HEAD, with an output of several chunks. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class ResultTest {
    private static final int BYTES = 2_000_003;

    RedisServer redis;

    @Inject KnownClients clients;
    @Inject PlayedWorker worker;
    private final byte[] output = new byte[BYTES];
    private String path = "";
    private String tag = "";

    @BeforeEach
    void finishAJob() throws IOException {
        new Random(7).nextBytes(output);
        path = worker.done(HIKER, output);
        tag = get().header("ETag");
    }

    @AfterEach
    void leaveNothingQueued() {
        worker.drain();
    }

    @Test
    void servesEveryByteWithItsDigestForATag() {
        Response whole = get();
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.asByteArray()).isEqualTo(output);
        assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(whole.header("Cache-Control")).contains("private");
        assertThat(tag).matches("\"[0-9a-f]{64}\"");
    }

    @Test
    void servesARangeThatCrossesChunks() {
        Response part = range("bytes=524000-1100000").get(path);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.header("Content-Range")).isEqualTo("bytes 524000-1100000/" + BYTES);
        assertThat(part.header("ETag")).isEqualTo(tag);
        assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(output, 524_000, 1_100_001));
    }

    @Test
    void servesTheLastBytesAndWhatIsLeft() {
        assertThat(range("bytes=-3").get(path).asByteArray())
                .isEqualTo(Arrays.copyOfRange(output, BYTES - 3, BYTES));
        Response rest = range("bytes=2000000-").get(path);
        assertThat(rest.header("Content-Range")).isEqualTo("bytes 2000000-2000002/" + BYTES);
        assertThat(rest.asByteArray()).hasSize(3);
    }

    @Test
    void servesTheWholeForSeveralRangesAndOtherUnits() {
        for (String odd : new String[] {"bytes=0-1,5-6", "lines=1-2", "bytes=5-2", "bytes=-"}) {
            Response whole = range(odd).get(path);
            assertThat(whole.statusCode()).as(odd).isEqualTo(200);
            assertThat(whole.header("Content-Length")).isEqualTo(String.valueOf(BYTES));
        }
    }

    @Test
    void refusesARangeBeyondTheEnd() {
        for (String beyond : new String[] {"bytes=" + BYTES + "-", "bytes=-0"}) {
            range(beyond)
                    .get(path)
                    .then()
                    .statusCode(416)
                    .header("Content-Range", "bytes */" + BYTES)
                    .body("type", equalTo("urn:trekpoint:problem:range-not-satisfiable"));
        }
    }

    @Test
    void heedsIfRangeOnlyForThisVeryOutput() {
        assertThat(range("bytes=0-9").header("If-Range", tag).get(path).statusCode())
                .isEqualTo(206);
        for (String other : new String[] {"\"other\"", "W/" + tag}) {
            assertThat(range("bytes=0-9").header("If-Range", other).get(path).statusCode())
                    .as(other)
                    .isEqualTo(200);
        }
    }

    @Test
    void answersConditionsBeforeRanges() {
        for (String known : new String[] {tag, "*", "\"other\", " + tag, "W/" + tag}) {
            range("bytes=0-9")
                    .header("If-None-Match", known)
                    .get(path)
                    .then()
                    .statusCode(304)
                    .header("ETag", tag)
                    .body(emptyString());
        }
        as(HIKER).header("If-None-Match", "\"other\"").get(path).then().statusCode(200);
        as(HIKER)
                .header("If-Match", "\"other\"")
                .get(path)
                .then()
                .statusCode(412)
                .body("type", equalTo("urn:trekpoint:problem:precondition-failed"));
        as(HIKER).header("If-Match", tag).get(path).then().statusCode(200);
    }

    @Test
    void tellsAHeadWhatAGetWouldGet() {
        Response head = as(HIKER).head(path);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(BYTES));
        assertThat(head.header("ETag")).isEqualTo(tag);
        assertThat(head.header("Content-Disposition")).startsWith("attachment");
        assertThat(head.asByteArray()).isEmpty();
    }

    private Response get() {
        return as(HIKER).get(path);
    }

    private static RequestSpecification range(String range) {
        return as(HIKER).header("Range", range);
    }
}
