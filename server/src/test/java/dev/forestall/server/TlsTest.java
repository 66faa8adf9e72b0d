package dev.forestall.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.server.settings.SettingsReader;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS itself. */
class TlsTest {

    private static final char[] PASSWORD = "only of a test".toCharArray();

    @TempDir
    Path directory;

    private KeyStore selfSigned() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor())
                .as(new String(keytool.getInputStream().readAllBytes()))
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private Path pem(String name, String what, byte[] bytes) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                directory.resolve(name), "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    @Test
    void pages_and_events_come_over_tls_and_the_cookie_goes_nowhere_else() throws Exception {
        KeyStore keys = selfSigned();
        Certificate certificate = keys.getCertificate("server");
        Path config = Files.writeString(directory.resolve("forestall.yaml"), """
                server:
                  tls: { certificate: %s, key: %s }
                """.formatted(
                pem("server.crt", "CERTIFICATE", certificate.getEncoded()),
                pem("server.key", "PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded())));
        try (Server server = Server.start(SettingsReader.read(
                List.of(
                        "--config",
                        config.toString(),
                        "--pack",
                        "src/test/resources/pack",
                        "--data",
                        directory.resolve("data").toString(),
                        "--port",
                        "0"),
                Map.of()))) {
            URI address = server.address();
            assertThat(address.getScheme()).isEqualTo("https");
            HttpResponse<String> login = get(trusting(certificate), address.resolve("/login"));
            assertThat(login.statusCode()).isEqualTo(200);
            assertThat(login.headers().firstValue("Set-Cookie").orElse(""))
                    .startsWith("__Host-forestall=")
                    .contains("Secure")
                    .contains("HttpOnly")
                    .contains("Path=/");
            assertThat(login.headers().firstValue("Strict-Transport-Security").orElse(""))
                    .contains("max-age=31536000");
            URI plain = URI.create("http://127.0.0.1:" + address.getPort() + "/login");
            assertThat(get(HttpClient.newHttpClient(), plain).statusCode()).isEqualTo(400);
        }
    }

    private static HttpClient trusting(Certificate certificate) throws Exception {
        KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null, null);
        known.setCertificateEntry("server", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static HttpResponse<String> get(HttpClient client, URI address) throws Exception {
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
