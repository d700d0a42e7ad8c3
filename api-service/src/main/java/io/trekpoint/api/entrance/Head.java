package io.trekpoint.api.entrance;

import io.trekpoint.api.problem.Problem;
import io.trekpoint.api.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/**
 * What the head of a request may be: larger than anything this API asks for, and small enough to
 * look at. The server reads a little more than that, so that whoever is over the bounds hears which
 * one it was.
 */
final class Head {
    private static final int LONGEST_URI = 16 * 1024;
    private static final int MOST_PARAMETERS = 64;
    private static final int MOST_HEADERS = 100;
    private static final int MOST_HEADER_CHARACTERS = 16 * 1024;

    /** A colon, a space, and the end of the line. */
    private static final int AROUND_A_HEADER = 4;

    private Head() {}

    /**
     * Checks a head.
     *
     * @throws ProblemException 400, 414 or 431, naming the rule
     */
    static void check(HttpServerRequest request) {
        checkUri(request.uri());
        int characters = 0;
        int headers = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            headers++;
            characters += header.getKey().length() + header.getValue().length() + AROUND_A_HEADER;
        }
        if (headers > MOST_HEADERS || characters > MOST_HEADER_CHARACTERS) {
            throw new ProblemException(headersTooLarge());
        }
    }

    private static void checkUri(String uri) {
        if (uri.length() > LONGEST_URI) {
            throw new ProblemException(uriTooLong());
        }
        int query = uri.indexOf('?');
        if (query >= 0
                && uri.chars().skip(query).filter(c -> c == '&').count() >= MOST_PARAMETERS) {
            throw new ProblemException(
                    Problem.invalid(
                            400,
                            "invalid-parameter",
                            "query",
                            "must have at most " + MOST_PARAMETERS + " parameters"));
        }
    }

    static Problem uriTooLong() {
        return Problem.invalid(
                414, "uri-too-long", "uri", "must have at most " + LONGEST_URI + " characters");
    }

    static Problem headersTooLarge() {
        return Problem.invalid(
                431,
                "headers-too-large",
                "headers",
                "must be at most "
                        + MOST_HEADERS
                        + ", and "
                        + MOST_HEADER_CHARACTERS
                        + " bytes together");
    }
}
