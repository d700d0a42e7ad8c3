package io.trekpoint.lanes.limit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;

/**
 * A limit as a parser of structured fields reads it from {@code RateLimit} or {@code
 * RateLimit-Policy}.
 *
 * @param name the string
 * @param parameters {@code q}, {@code w}, {@code r} and {@code t}, as far as they are there
 */
public record LimitItem(String name, Map<String, Long> parameters) {
    /**
     * The limits that a header tells of.
     *
     * @throws RuntimeException for what is no list of strings with whole numbers for parameters
     */
    public static List<LimitItem> list(String header) {
        return new Parser(header).parseList().get().stream().map(LimitItem::of).toList();
    }

    /** One of its parameters. */
    public long get(String parameter) {
        Long value = parameters.get(parameter);
        if (value == null) {
            throw new IllegalArgumentException(name + " has no " + parameter);
        }
        return value;
    }

    private static LimitItem of(ListElement<?> element) {
        StringItem item = (StringItem) element;
        Map<String, Long> parameters = new LinkedHashMap<>();
        item.getParams()
                .forEach((key, value) -> parameters.put(key, ((IntegerItem) value).getAsLong()));
        return new LimitItem(item.get(), parameters);
    }
}
