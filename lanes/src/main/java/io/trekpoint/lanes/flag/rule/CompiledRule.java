package io.trekpoint.lanes.flag.rule;

/**
 * A rule ready to be evaluated.
 *
 * @param rule its root
 * @param depth how deep it is nested, with what it refers to
 */
public record CompiledRule(Rule rule, int depth) {}
