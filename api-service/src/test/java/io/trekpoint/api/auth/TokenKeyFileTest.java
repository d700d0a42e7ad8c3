package io.trekpoint.api.auth;

import static io.trekpoint.api.auth.SigningKeys.jwk;
import static io.trekpoint.api.auth.SigningKeys.pair;
import static io.trekpoint.api.auth.SigningKeys.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenKeyFileTest {
    private static final String PEM = pem(pair("RSA", 2048).getPublic());

    @TempDir Path directory;
    private Path path = Path.of("");
    private TokenKeyFile file = new TokenKeyFile(Optional.empty());

    @BeforeEach
    void name() {
        path = directory.resolve("key");
        file = new TokenKeyFile(Optional.of(path));
    }

    @Test
    void hasAPublicKeyOrAKeySetAsItWasRead() throws IOException {
        assertThat(file.content()).isEmpty();

        write(PEM);
        assertThat(file.content()).contains(PEM.strip());

        String keys = "{\"keys\":[%s]}".formatted(jwk("a", pair("RSA", 2048).getPublic()));
        write(keys + "\n");
        assertThat(file.content()).contains(keys);
    }

    @Test
    void staysAsItWasOnceTheFileIsGone() throws IOException {
        write(PEM);
        Files.delete(path);

        assertThatIOException().isThrownBy(file::read).withMessageContaining("key");
        assertThat(file.content()).contains(PEM.strip());
    }

    @Test
    void refusesWhatIsNoKeyThatMayVerify() throws IOException {
        write(PEM);
        for (String other :
                new String[] {
                    "",
                    "a secret",
                    "file",
                    "https://issuer.test/keys",
                    pem(pair("RSA", 1024).getPublic()),
                    "{" + " ".repeat(256 * 1024),
                    "{}",
                    "{\"keys\":[]}",
                    "{\"keys\":[%s".formatted(jwk("a", pair("RSA", 2048).getPublic())),
                    "{\"keys\":[%s]}".formatted(jwk("a", pair("RSA", 1024).getPublic())),
                    "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"}]}"
                }) {
            Files.writeString(path, other);
            assertThatIOException().as(other).isThrownBy(file::read);
        }
        assertThat(file.content()).contains(PEM.strip());
    }

    @Test
    void saysSoWhereNoFileIsNamed() {
        assertThatIOException()
                .isThrownBy(new TokenKeyFile(Optional.empty())::read)
                .withMessageContaining("TREK_GATEWAY_JWT_KEY_FILE");
    }

    private void write(String content) throws IOException {
        Files.writeString(path, content);
        file.read();
    }
}
