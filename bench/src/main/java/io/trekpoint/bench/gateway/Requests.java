package io.trekpoint.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Requests of clients.
 *
 * @param name names the file they are kept in
 * @param lines the key and the path of each
 */
record Requests(String name, List<String> lines) {
    /** The same path for every key. */
    static Requests of(String name, List<String> keys, String path) {
        return new Requests(name, keys.stream().map(key -> key + " " + path).toList());
    }

    /** What wrk is told, to send them at random. */
    String atRandom(Path work) {
        return script(work, "return requests[math.random(#requests)]");
    }

    /** What wrk is told, to send one after the other, over and over. */
    String inTurn(Path work) {
        return script(work, "next = next % #requests + 1\n  return requests[next]");
    }

    private String script(Path work, String choose) {
        Path file = work.resolve(name + ".requests");
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return """
        local requests, next = {}, 0
        function init()
          for line in io.lines('%s') do
            local key, path = line:match('(%%S+) (%%S+)')
            requests[#requests + 1] = wrk.format('GET', path, {['X-API-Key'] = key, Host = wrk.headers.Host})
          end
        end
        function request()
          %s
        end
        """
                .formatted(file, choose);
    }
}
