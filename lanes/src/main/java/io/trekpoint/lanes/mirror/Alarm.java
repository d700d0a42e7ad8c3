package io.trekpoint.lanes.mirror;

/**
 * Why an operator should look at a mirror, which meanwhile answers from what it knows.
 *
 * @param source the source that diverged
 * @param divergence how
 */
public record Alarm(Source source, Divergence divergence) {
    /** For people. */
    public String text() {
        return source.label() + ": " + divergence.text();
    }
}
