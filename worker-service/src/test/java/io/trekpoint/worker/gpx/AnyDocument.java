package io.trekpoint.worker.gpx;

import io.trekpoint.worker.gpx.document.About;
import io.trekpoint.worker.gpx.document.Channel;
import io.trekpoint.worker.gpx.document.Copyright;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.document.Invisible;
import io.trekpoint.worker.gpx.document.Link;
import io.trekpoint.worker.gpx.document.Metadata;
import io.trekpoint.worker.gpx.document.Person;
import io.trekpoint.worker.gpx.document.Points;
import io.trekpoint.worker.gpx.document.Route;
import io.trekpoint.worker.gpx.document.Track;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Documents with everything that GPX 1.1 has a place for, as a reader would hand them over. */
final class AnyDocument {

    private static final double ABSENT = 0.4;

    private AnyDocument() {}

    /** Documents of which GPX keeps everything. */
    static Arbitrary<GpxDocument> documents() {
        return Combinators.combine(
                        metadata(),
                        lines(),
                        Combinators.combine(words(true), lines())
                                .as(Route::new)
                                .list()
                                .ofMaxSize(2),
                        Combinators.combine(words(true), segments().list().ofMaxSize(3))
                                .as(Track::new)
                                .list()
                                .ofMaxSize(3),
                        extensions().injectNull(ABSENT))
                .as((metadata, waypoints, routes, tracks, extensions) ->
                        new GpxDocument(
                                "1.1", "any", metadata, waypoints, routes, tracks, extensions));
    }

    /** Texts of any characters that XML can hold, many of them awkward, without space around. */
    static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                        Arbitraries.strings()
                                .withChars("ab <>&\"'\t\n\r]=+-@,;\\%\u007f\u0085\u00a0")
                                .withChars("\u061c\u200b\u200e\u202e\u2028\u2066\ufeff\ufffd")
                                .ofMinLength(1)
                                .ofMaxLength(12),
                        Arbitraries.of(
                                "]]>",
                                "<![CDATA[x]]>",
                                "&lt;",
                                "<script>alert(1)</script>",
                                "=HYPERLINK(\"http://a.example\")",
                                "\ud83e\udd7e Gänserndorf",
                                "<!--",
                                "%00",
                                "${x}"))
                .map(AnyDocument::bare)
                .filter(text -> !text.isEmpty());
    }

    /** As the reader strips them. */
    private static String bare(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) <= ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) <= ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    private static Arbitrary<String> attributes() {
        return texts().map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Arbitrary<@Nullable String> maybe(Arbitrary<String> texts) {
        return texts.injectNull(ABSENT);
    }

    private static Arbitrary<Link> links() {
        return Combinators.combine(attributes(), maybe(texts()), maybe(texts())).as(Link::new);
    }

    private static Arbitrary<About> words(boolean ofLine) {
        return Combinators.combine(
                        maybe(texts()).list().ofSize(6),
                        links().list().ofMaxSize(2),
                        Arbitraries.integers().greaterOrEqual(0).injectNull(ABSENT),
                        extensions().injectNull(0.8))
                .as((texts, links, number, extensions) ->
                        new About(
                                texts.get(0),
                                texts.get(1),
                                texts.get(2),
                                texts.get(3),
                                links,
                                ofLine ? null : texts.get(4),
                                texts.get(5),
                                ofLine ? number : null,
                                extensions));
    }

    /** Elements of another vocabulary, as the reader carries them. */
    private static Arbitrary<String> extensions() {
        return Combinators.combine(texts(), texts(), Arbitraries.of("v", "v:w", "a-b"))
                .as((text, value, uri) ->
                        "<x:note xmlns:x=\"urn:%s\" x:at=\"%s\">%s<x:in>%s</x:in></x:note>"
                                .formatted(uri, escaped(value), escaped(text), escaped(value)));
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> {
                    boolean seen = c >= ' ' && !Invisible.is(c);
                    escaped.append(seen ? String.valueOf(c) : "&#" + (int) c + ';');
                }
            }
        }
        return escaped.toString();
    }

    private static Arbitrary<Metadata> metadata() {
        var person =
                Combinators.combine(
                                maybe(texts()),
                                maybe(
                                        attributes()
                                                .map(text -> text.replace("@", "") + "@b")
                                                .filter(mail ->
                                                        !mail.startsWith("@")
                                                                && mail.equals(mail.strip()))),
                                links().injectNull(ABSENT))
                        .as(Person::new);
        var copyright =
                Combinators.combine(
                                maybe(attributes()),
                                Arbitraries.of("2026", "1999").injectNull(ABSENT),
                                maybe(texts()))
                        .as(Copyright::new);
        return Combinators.combine(
                        maybe(texts()).list().ofSize(3),
                        person.injectNull(ABSENT),
                        copyright.injectNull(ABSENT),
                        links().list().ofMaxSize(2),
                        times(),
                        extensions().injectNull(ABSENT))
                .as((texts, author, rights, links, time, extensions) ->
                        new Metadata(
                                texts.get(0),
                                texts.get(1),
                                author,
                                rights,
                                links,
                                time,
                                texts.get(2),
                                extensions));
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(Points.NO_TIME)),
                Tuple.of(4, Arbitraries.longs().between(Points.FIRST_TIME, Points.LAST_TIME)));
    }

    private record Point(double lat, double lon, long time, long seed, About about) {}

    private static Arbitrary<Point> points() {
        return Combinators.combine(
                        Arbitraries.doubles().between(-90, 90).ofScale(9),
                        Arbitraries.doubles().between(-180, 179.999).ofScale(9),
                        times(),
                        Arbitraries.longs(),
                        words(false))
                .as(Point::new);
    }

    private static Arbitrary<Points> segments() {
        return Combinators.combine(lines(), extensions().injectNull(0.8))
                .as((points, extensions) -> {
                    points.setExtensions(extensions);
                    return points;
                });
    }

    private static Arbitrary<Points> lines() {
        return points().list()
                .ofMaxSize(4)
                .map(list -> {
                    var points = new Points();
                    list.forEach(point -> add(points, point));
                    return points;
                });
    }

    private static void add(Points points, Point point) {
        // Adding 0 makes a negative zero a plain one, as the reader does.
        points.add(point.lat() + 0.0, point.lon() + 0.0);
        if (point.time() != Points.NO_TIME) {
            points.setTime(point.time());
        }
        var random = new Random(point.seed());
        for (var channel : Channel.values()) {
            double value = reading(channel, random);
            if (random.nextInt(3) == 0 && channel.accepts(value)) {
                points.set(channel, value + 0.0);
            }
        }
        if (!point.about().equals(About.NOTHING)) {
            points.setAbout(point.about());
        }
    }

    private static double reading(Channel channel, Random random) {
        return switch (channel) {
            case FIX -> random.nextInt(5);
            case SAT, DGPS_ID -> random.nextInt(1_000);
            default -> random.nextBoolean() ? random.nextInt(300) : random.nextDouble(300);
        };
    }
}
