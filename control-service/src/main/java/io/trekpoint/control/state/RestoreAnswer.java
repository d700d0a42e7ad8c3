package io.trekpoint.control.state;

/**
 * A state that was restored.
 *
 * @param epoch the data set
 * @param revision as which it stands now
 * @param hash of the audit's chain
 */
public record RestoreAnswer(String epoch, long revision, String hash) {}
