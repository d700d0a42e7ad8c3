package io.trekpoint.lanes.mirror;

/** A source cannot be taken at its word. */
final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Divergence divergence;

    DivergedException(Divergence divergence) {
        super(divergence.text());
        this.divergence = divergence;
    }

    Divergence divergence() {
        return divergence;
    }
}
