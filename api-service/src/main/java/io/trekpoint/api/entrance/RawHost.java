package io.trekpoint.api.entrance;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** What is wrong with how a request names the server that it is for (RFC 9112, 3.2). */
final class RawHost {
    private RawHost() {}

    /**
     * The rule that it breaks, as a client is told; empty where there is none. HTTP/1.0 need not
     * name one. An empty one is none: it is for targets without an authority, and http has no such.
     */
    static Optional<String> brokenRule(HttpRequest head) {
        List<String> hosts = head.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty() && RawHead.isOld(head)) {
            return Optional.empty();
        }
        return hosts.size() == 1 && isAuthority(hosts.getFirst())
                ? Optional.empty()
                : Optional.of("must be there once, with a host and perhaps its port");
    }

    /** The framework reads it in both ways, and fails where one of them does. */
    private static boolean isAuthority(String host) {
        HostAndPort read = HostAndPort.parseAuthority(host, -1);
        if (read == null || read.host().isEmpty()) {
            return false;
        }
        try {
            var _ = new URI("http://" + host);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
