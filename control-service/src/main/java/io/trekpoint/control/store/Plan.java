package io.trekpoint.control.store;

/**
 * Computes a change. Runs again when another change came between, so it decides by the draft alone.
 */
@FunctionalInterface
public interface Plan {
    /** Writes into the draft whatever is to be changed; nothing where nothing is to be done. */
    void draw(Draft draft);
}
