package io.trekpoint.control.flag;

import java.util.List;

/**
 * Every flag that is stored or that the product's own code asks for.
 *
 * @param revision of the control state
 * @param flags by key
 */
public record FlagList(long revision, List<FlagView> flags) {}
