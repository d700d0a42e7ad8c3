package io.trekpoint.control;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;

/** The API keys of the one data set that the tests of a service share. */
public final class Keys {
    private static final String CLIENTS =
            """
            {"clients":[
              {"name":"plain","tier":"free","roles":[]},
              {"name":"reader","tier":"pro","roles":["reader"]},
              {"name":"viewer","tier":"pro","roles":["viewer"]},
              {"name":"operator","tier":"pro","roles":["operator"]},
              {"name":"admin","tier":"partner","roles":["admin"]},
              {"name":"browser","tier":"free","roles":["reader"],"browser":true}]}\
            """;

    private static final Map<String, String> KEYS = new HashMap<>();

    private Keys() {}

    /** A JSON request of the client with that name, whose answer is held to the contract. */
    public static synchronized RequestSpecification as(String name) {
        if (KEYS.isEmpty()) {
            Response init = init("Bearer " + ControlRedis.INIT_TOKEN, CLIENTS);
            init.then().statusCode(201);
            JsonPath answer = init.jsonPath();
            for (int i = 0; i < 6; i++) {
                String at = "clients[" + i + "].";
                KEYS.put(answer.getString(at + "name"), answer.getString(at + "key"));
            }
        }
        return given().filter(Contract.HELD)
                .contentType(ContentType.JSON)
                .header("X-API-Key", KEYS.get(name));
    }

    /** The API key of the client with that name. */
    public static String keyOf(String name) {
        as(name);
        return KEYS.get(name);
    }

    static Response init(String authorization, String body) {
        return given().filter(Contract.HELD)
                .contentType(ContentType.JSON)
                .header("Authorization", authorization)
                .body(body)
                .post("/v1/init");
    }
}
