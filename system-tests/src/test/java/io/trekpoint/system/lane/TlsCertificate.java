package io.trekpoint.system.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that vouches for itself, with its key, as files.
 *
 * @param pem the certificate
 * @param key the key, in the clear
 */
record TlsCertificate(Certificate certificate, Path pem, Path key) {
    private static final String PASSWORD = "changeit";

    /**
     * Makes one.
     *
     * @param name of its files
     * @param subject whom it names, as {@code keytool} has it, such as {@code ip:127.0.0.1}
     */
    static TlsCertificate issue(Path directory, String name, String subject) {
        Path store = directory.resolve(name + ".p12");
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + subject,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore made = KeyStore.getInstance("PKCS12");
            made.load(in, PASSWORD.toCharArray());
            Certificate certificate = made.getCertificate(name);
            Path pem = directory.resolve(name + ".pem");
            Path key = directory.resolve(name + ".key");
            write(pem, "CERTIFICATE", certificate.getEncoded());
            write(key, "PRIVATE KEY", made.getKey(name, PASSWORD.toCharArray()).getEncoded());
            return new TlsCertificate(certificate, pem, key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A store of those, for whoever is to trust them. */
    static Path trust(Path store, TlsCertificate... trusted) {
        try (OutputStream out = Files.newOutputStream(store)) {
            KeyStore made = KeyStore.getInstance("PKCS12");
            made.load(null, null);
            for (TlsCertificate each : trusted) {
                made.setCertificateEntry(each.pem.getFileName().toString(), each.certificate);
            }
            // Without a password, so that whoever reads it needs none.
            made.store(out, null);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a Redis is told that shows it on this port, beside its plain one. */
    String[] options(int port) {
        return new String[] {
            "--tls-port", String.valueOf(port),
            "--tls-cert-file", pem.toString(),
            "--tls-key-file", key.toString(),
            "--tls-ca-cert-file", pem.toString(),
            "--tls-auth-clients", "no"
        };
    }

    private static void write(Path file, String what, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                file,
                "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, body, what),
                StandardCharsets.US_ASCII);
    }

    private static void keytool(String... arguments) {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        try {
            List<String> command = new ArrayList<>(List.of(tool.toString()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(said).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
