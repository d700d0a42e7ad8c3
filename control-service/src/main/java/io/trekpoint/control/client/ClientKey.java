package io.trekpoint.control.client;

/**
 * A client with a key that was made for it.
 *
 * @param revision of the control state after it
 * @param client the client
 * @param key its new API key, shown here and never again
 */
public record ClientKey(long revision, ClientView client, String key) {
    @Override
    public String toString() {
        return "a key of client " + client.id();
    }
}
