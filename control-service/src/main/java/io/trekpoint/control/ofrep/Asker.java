package io.trekpoint.control.ofrep;

import io.trekpoint.lanes.client.Client;
import io.trekpoint.lanes.flag.Flag;

/**
 * Who asks for an evaluation.
 *
 * @param id the client's id; empty while no client is known at all
 * @param browser whether it is a page in a browser, which may know of public flags alone
 */
record Asker(String id, boolean browser) {
    /** Somebody, while no control state was ever known. */
    static final Asker ANYBODY = new Asker("", false);

    static Asker of(Client client) {
        return new Asker(client.id(), client.browser());
    }

    /** Whether it may know that there is such a flag. */
    boolean maySee(Flag flag) {
        return !browser || flag.definition().traits().visible();
    }
}
