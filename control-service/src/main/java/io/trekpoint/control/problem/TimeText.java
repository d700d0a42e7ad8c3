package io.trekpoint.control.problem;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Reads a time, such as {@code "2026-01-31T12:00:00Z"}. A count of seconds since 1970, which the
 * usual reader takes as well, is as likely one of milliseconds.
 */
final class TimeText extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    TimeText() {
        super(Instant.class);
    }

    /**
     * The time that stands there.
     *
     * @throws JsonMappingException where there is anything else
     */
    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
            throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            throw JsonMappingException.from(parser, "a time is a text");
        }
        try {
            return Instant.parse(parser.getText());
        } catch (DateTimeException e) {
            throw JsonMappingException.from(parser, "a time is of the form of RFC 3339", e);
        }
    }
}
