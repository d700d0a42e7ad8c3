package io.trekpoint.lanes.mirror;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An entry that was taken out of use, and answers as one that is absent until it is put back.
 *
 * @param form its stored form, {@code "deleted": true} included
 * @param lastChange the change that took it out
 */
public record Deleted(ObjectNode form, LastChange lastChange) {}
