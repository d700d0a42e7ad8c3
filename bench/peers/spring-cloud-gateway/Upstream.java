import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Files;
import java.nio.file.Path;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/** What stands behind the contender: answers every request with the same JSON. */
public final class Upstream {
    private Upstream() {}

    public static void main(String[] args) throws Exception {
        byte[] json = Files.readAllBytes(Path.of(args[1]));
        ByteBuf answer = Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(json));
        HttpServer.create()
                .host("127.0.0.1")
                .port(Integer.parseInt(args[0]))
                .handle((request, response) ->
                        response.header("Content-Type", "application/json")
                                .header("Content-Length", String.valueOf(json.length))
                                .send(Mono.fromSupplier(answer::duplicate)))
                .bindNow()
                .onDispose()
                .block();
    }
}
