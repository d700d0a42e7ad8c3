package io.trekpoint.control.client;

import java.util.List;

/**
 * Every client.
 *
 * @param revision of the control state
 * @param clients by name, then id
 */
public record ClientList(long revision, List<ClientView> clients) {}
