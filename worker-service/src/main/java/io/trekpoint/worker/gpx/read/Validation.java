package io.trekpoint.worker.gpx.read;

import io.trekpoint.lanes.gpx.GpxTask.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a file against the rules of a version of GPX. A report and never a gate: what is not valid
 * may still be read. Foreign elements are allowed where the version allows any, whatever they hold.
 */
public final class Validation {

    /** How many findings are told at the most. */
    public static final int MOST_FINDINGS = 100;

    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    /**
     * What was found.
     *
     * @param version the version held against
     * @param findings the first of them, at most 100
     * @param more findings beyond these
     */
    public record Report(Version version, List<Finding> findings, int more) {
        /** Whether the file keeps the rules. */
        public boolean valid() {
            return findings.isEmpty();
        }
    }

    private final XmlCursor xml;
    private final GpxLimits limits;
    private final @Nullable Version asked;
    private final List<Finding> findings;
    private Version version = Version.V1_1;
    private Grammar grammar = Grammar.of(Version.V1_1);
    private int more;

    private Validation(
            XmlCursor xml, @Nullable Version asked, GpxLimits limits, List<Finding> findings) {
        this.xml = xml;
        this.asked = asked;
        this.limits = limits;
        this.findings = findings;
    }

    /**
     * Validates a file.
     *
     * @param source the file; opened once
     * @param asked whose rules; empty for the version the file states, 1.1 where it states none
     * @param limits what reading may cost
     * @throws GpxException {@code TOO_LARGE}, {@code CANCELLED} or {@code TIMEOUT}; everything else
     *     that is wrong with a file is a finding
     * @throws IOException if the source fails
     */
    public static Report run(GpxSource source, Optional<Version> asked, GpxLimits limits)
            throws IOException {
        var findings = new ArrayList<Finding>();
        var version = asked.orElse(Version.V1_1);
        try (var in = new MeteredInput(source.open(), limits);
                var xml = new XmlCursor(in, true)) {
            var validation = new Validation(xml, asked.orElse(null), limits, findings);
            validation.root();
            return new Report(validation.version, List.copyOf(findings), validation.more);
        } catch (UndeclaredPrefixException e) {
            findings.add(
                    new Finding(
                            Finding.Code.NOT_WELL_FORMED,
                            e.line(),
                            e.column(),
                            "a prefix is not declared"));
        } catch (GpxException e) {
            switch (e.code()) {
                case TOO_LARGE, CANCELLED, TIMEOUT -> throw e;
                default ->
                        findings.add(
                                new Finding(
                                        Finding.Code.NOT_WELL_FORMED,
                                        e.line(),
                                        e.column(),
                                        e.reason()));
            }
        }
        return new Report(version, List.copyOf(findings), 0);
    }

    private void root() throws IOException {
        xml.openRoot();
        String stated = xml.attribute("version");
        version = asked != null ? asked : "1.0".equals(stated) ? Version.V1_0 : Version.V1_1;
        grammar = Grammar.of(version);
        if (!xml.name().equals("gpx") || !xml.rootSpace().equals(grammar.namespace())) {
            find(
                    Finding.Code.WRONG_ROOT,
                    "the root must be gpx in the namespace " + grammar.namespace());
        }
        String fixed = version == Version.V1_0 ? "1.0" : "1.1";
        if (stated != null && !stated.equals(fixed)) {
            find(Finding.Code.INVALID_VALUE, "version must be " + fixed);
        }
        element(grammar.kind("gpx"));
        if (!xml.endsHere()) {
            find(Finding.Code.NOT_WELL_FORMED, "something comes after the end of gpx");
        }
    }

    /** Takes the current element whole. */
    private void element(Grammar.Kind kind) throws IOException {
        attributes(kind.attributes());
        if (kind.open()) {
            xml.skip();
        } else if (kind.text() != null) {
            text(kind.text());
        } else {
            children(kind.places());
        }
    }

    private void text(Value value) throws IOException {
        String name = xml.name();
        boolean nested = false;
        var text = new StringBuilder();
        for (var part = xml.nextPart(); part != XmlCursor.Part.END; part = xml.nextPart()) {
            if (part == XmlCursor.Part.TEXT) {
                text.append(xml.partText());
            } else {
                nested = true;
                find(Finding.Code.UNKNOWN_ELEMENT, name + " holds text and no elements");
                xml.skip();
            }
        }
        if (!nested && !value.accepts(text.toString().strip())) {
            find(Finding.Code.INVALID_VALUE, name + " must be " + value.rule());
        }
    }

    private void children(Map<String, Grammar.Place> places) throws IOException {
        int reached = -1;
        var seen = new HashSet<String>();
        for (var part = xml.nextPart(); part != XmlCursor.Part.END; part = xml.nextPart()) {
            if (part == XmlCursor.Part.TEXT) {
                if (!xml.partText().isBlank()) {
                    find(Finding.Code.UNEXPECTED_TEXT, "text stands where only elements may");
                }
                continue;
            }
            limits.check();
            String name = place();
            var place = places.get(name);
            if (place == null) {
                find(
                        Finding.Code.UNKNOWN_ELEMENT,
                        name.equals("#other")
                                ? "an element of another namespace may not stand here"
                                : "GPX has no such element here");
                xml.skip();
                continue;
            }
            if (place.order() < reached) {
                find(
                        Finding.Code.WRONG_ORDER,
                        name + " comes after an element that must follow it");
            }
            if (!seen.add(name) && !place.many()) {
                find(Finding.Code.REPEATED_ELEMENT, name + " may come only once");
            }
            reached = Math.max(reached, place.order());
            element(grammar.kind(place.kind()));
        }
    }

    /** The name under which the tables have the current element; none without a namespace. */
    private String place() {
        if (xml.inSpace(grammar.namespace())) {
            return xml.name();
        }
        return xml.inSpace("") ? "" : "#other";
    }

    private void attributes(Map<String, Value> expected) {
        var start = xml.start();
        int known = 0;
        for (int i = 0; i < start.getAttributeCount(); i++) {
            String space = start.getAttributeNamespace(i);
            boolean own = space == null || space.isEmpty();
            var value = own ? expected.get(start.getAttributeLocalName(i)) : null;
            if (value != null) {
                known++;
                if (!value.accepts(start.getAttributeValue(i).strip())) {
                    find(
                            Finding.Code.INVALID_VALUE,
                            start.getAttributeLocalName(i) + " must be " + value.rule());
                }
            } else if (!INSTANCE.equals(space)) {
                find(Finding.Code.UNKNOWN_ATTRIBUTE, "GPX has no such attribute here");
            }
        }
        if (known < expected.size()) {
            for (String name : expected.keySet().stream().sorted().toList()) {
                if (start.getAttributeIndex(null, name) < 0
                        && start.getAttributeIndex("", name) < 0) {
                    find(Finding.Code.MISSING_ATTRIBUTE, name + " is required");
                }
            }
        }
    }

    private void find(Finding.Code code, String message) {
        if (findings.size() == MOST_FINDINGS) {
            more++;
        } else {
            findings.add(new Finding(code, xml.line(), xml.column(), message));
        }
    }
}
