package io.trekpoint.api.job;

import static io.trekpoint.api.gateway.KnownClients.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.trekpoint.api.gateway.KnownClients;
import io.trekpoint.api.gateway.RedisResource;
import io.trekpoint.lanes.client.ApiKey;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class JobListTest {
    private static final String GPX =
            "<gpx version=\"1.1\" creator=\"test\" xmlns=\"http://www.topografix.com/GPX/1/1\"/>";

    @Inject KnownClients clients;
    @Inject PlayedWorker worker;
    private ApiKey owner;

    @BeforeEach
    void beSomebodyNew() {
        owner = clients.newcomer();
    }

    @AfterEach
    void leaveNothingQueued() {
        worker.drain();
    }

    @Test
    void tellsTheCallersJobsAndNobodyElses() {
        String first = submit("stats");
        String second = submit("profile");
        as(owner)
                .get("/v1/jobs")
                .then()
                .statusCode(200)
                .body("jobs.id", equalTo(List.of(second, first)))
                .body("jobs[0].type", equalTo("profile"))
                .body("jobs[0].state", equalTo("queued"))
                .body("jobs[0].links.self", equalTo("/v1/jobs/" + second))
                .body("jobs[0].failure", nullValue())
                .body("next", nullValue());
        as(clients.newcomer()).get("/v1/jobs").then().statusCode(200).body("jobs", hasSize(0));
    }

    @Test
    void leadsFromPageToPage() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.addFirst(submit("stats"));
        }
        List<String> told = new ArrayList<>();
        String page = "/v1/jobs?limit=2";
        while (page != null) {
            var answer = as(owner).get(page);
            JsonPath json = answer.then().statusCode(200).extract().jsonPath();
            told.addAll(json.getList("jobs.id", String.class));
            String link = answer.header("Link");
            assertThat(link == null).isEqualTo(json.getString("next") == null);
            page = link == null ? null : link.replaceAll("^<([^>]*)>; rel=\"next\"$", "$1");
        }
        assertThat(told).isEqualTo(all);
    }

    @Test
    void keepsToAStateAndAType() throws IOException {
        String done = submit("stats");
        worker.finish(worker.claim(), "text/plain", "done");
        submit("stats");
        String other = submit("profile");
        as(owner)
                .get("/v1/jobs?state=succeeded")
                .then()
                .body("jobs.id", equalTo(List.of(done)))
                .body("jobs[0].attempt", equalTo(1));
        as(owner).get("/v1/jobs?type=profile").then().body("jobs.id", equalTo(List.of(other)));
    }

    @Test
    void tellsWhyAJobFailed() {
        submit("stats");
        worker.fail(worker.claim());
        as(owner).get("/v1/jobs").then().body("jobs[0].failure.code", equalTo("NOT_XML"));
    }

    @Test
    void namesWhatIsWrongWithAQuery() {
        for (String wrong :
                List.of(
                        "limit=0",
                        "limit=101",
                        "limit=ten",
                        "cursor=x",
                        "state=lost",
                        "type=mail")) {
            refused(wrong, wrong.split("=", 2)[0]);
        }
        refused("state=queued&state=failed", "state");
        refused("page=2", "page");
    }

    private void refused(String query, String field) {
        as(owner)
                .get("/v1/jobs?" + query)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:trekpoint:problem:invalid-parameter"))
                .body("field", equalTo(field));
    }

    private String submit(String type) {
        return as(owner)
                .contentType("application/gpx+xml")
                .body(GPX)
                .post("/v1/jobs/" + type)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }
}
