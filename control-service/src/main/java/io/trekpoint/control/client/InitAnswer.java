package io.trekpoint.control.client;

import java.util.List;

/**
 * A control data set that was created.
 *
 * @param epoch its identity
 * @param revision 1
 * @param clients in the order of the request
 */
public record InitAnswer(String epoch, long revision, List<CreatedClient> clients) {
    /**
     * A client that was created.
     *
     * @param id its id
     * @param name for people
     * @param tier its tier
     * @param roles its roles
     * @param key its API key, shown here and never again
     */
    public record CreatedClient(
            String id, String name, String tier, List<String> roles, String key) {
        @Override
        public String toString() {
            return "client " + id;
        }
    }
}
