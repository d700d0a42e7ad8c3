package io.trekpoint.api.entrance;

import static io.trekpoint.api.gateway.KnownClients.HIKER;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which server a request says that it is for. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class HostTest {
    private static final String GPX =
            "<gpx version=\"1.1\" creator=\"test\" xmlns=\"http://www.topografix.com/GPX/1/1\"/>";

    @Inject KnownClients clients;
    @TestHTTPResource String url;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A: b",
                "Host: t\r\nHost: t",
                "Host: t\r\nHost: u",
                "Host:",
                "Host: :80",
                "Host: a b",
                "Host: a, b",
                "Host: x:99999",
                "Host: x:y",
                "Host: x/y",
                "Host: user@x",
                "Host: ::1",
                "Host: [zz]",
                "Host: %zz",
                "Host: \u00e9"
            })
    void hasToBeNamedOnceAndAsAHost(String headers) throws Exception {
        try (LogLines access = LogLines.ofAccess();
                LogLines failures = LogLines.ofFailures()) {
            String id = "host-" + Math.abs(headers.hashCode());

            assertThat(answerTo("GET /status HTTP/1.1", headers + "\r\nX-Request-Id: " + id))
                    .startsWith("HTTP/1.1 400")
                    .contains("urn:trekpoint:problem:invalid-header", "\"field\":\"Host\"", id);

            assertThat(access.with(id)).contains("invalid-header");
            assertThat(failures.all()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t",
                "t:8080",
                "a_b.c-d.example",
                "10.0.0.1:8080",
                "[::1]",
                "[::1]:8080",
                "[2001:db8::1]:8080"
            })
    void isAnyHostWithOrWithoutAPort(String host) throws Exception {
        assertThat(submit("HTTP/1.1", "Host: " + host))
                .startsWith("HTTP/1.1 202")
                .containsIgnoringCase("\r\nLocation: http://" + host + "/v1/jobs/");
    }

    @ParameterizedTest
    @CsvSource({"t, t", "[::1], [::1]"})
    void hasTheUsualPortWhereThereIsNoneBehindItsColon(String host, String same) throws Exception {
        assertThat(submit("HTTP/1.1", "Host: " + host + ":"))
                .startsWith("HTTP/1.1 202")
                .containsIgnoringCase("\r\nLocation: http://" + same + "/v1/jobs/");
    }

    @Test
    void mayBeLeftOutInTheOldProtocol() throws Exception {
        assertThat(submit("HTTP/1.0", "A: b"))
                .startsWith("HTTP/1.0 202")
                .containsIgnoringCase("\r\nLocation: /v1/jobs/");
    }

    @Test
    void isHeededInTheOldProtocolWhereItIsThere() throws Exception {
        assertThat(submit("HTTP/1.0", "Host: t"))
                .containsIgnoringCase("\r\nLocation: http://t/v1/jobs/");
        assertThat(answerTo("GET /status HTTP/1.0", "Host: a b"))
                .startsWith("HTTP/1.1 400")
                .contains("\"field\":\"Host\"");
    }

    private String submit(String version, String headers) throws Exception {
        return answerTo(
                "POST /v1/jobs/stats " + version,
                headers
                        + "\r\nX-API-Key: "
                        + HIKER.reveal()
                        + "\r\nContent-Type: application/gpx+xml\r\nContent-Length: "
                        + GPX.length(),
                GPX);
    }

    private String answerTo(String line, String headers) throws Exception {
        return answerTo(line, headers, "");
    }

    private String answerTo(String line, String headers, String body) throws Exception {
        try (Wire wire = Wire.to(url)) {
            return wire.say(line + "\r\nConnection: close\r\n" + headers + "\r\n\r\n" + body)
                    .hearToTheEnd();
        }
    }
}
