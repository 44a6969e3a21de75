package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.local.net.TcpProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.zip.ZipFile;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which TLS servers the functions' processes trust, and what the outcome is when they trust one not. */
class TlsIT {

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static OwnCa ca;

    @SuppressWarnings("NullAway.Init")
    private static ServerSocketFactory tls;

    @BeforeAll
    static void makeTheAuthority() throws IOException, InterruptedException, GeneralSecurityException {
        ca = OwnCa.in(folder);
        tls = ca.serverSockets();
    }

    @Test
    void serversWhoseAuthorityIsInTheTrustStoreAreTrusted() {
        try (var table = new TcpProxy(tls);
                var provider = new TcpProxy(tls);
                var gateway = RunningPlatform.start(RunningPlatform.options()
                        .withSystemProperties(Map.of(
                                "javax.net.ssl.trustStore",
                                ca.trustStore().toString(),
                                "javax.net.ssl.trustStorePassword",
                                ca.password()))
                        .withTableThrough(table::before)
                        .withProviderThrough(provider::before))) {
            var id = gateway.submitted("a cat");

            assertThat(gateway.completed(id).getString("data.status")).isEqualTo("completed");
            assertThat(table.connections()).isPositive();
            assertThat(provider.connections()).isPositive();
        }
    }

    @Test
    void aProviderWithAnUnknownAuthorityIsAskedNothing() {
        try (var provider = new TcpProxy(tls);
                var gateway = RunningPlatform.start(RunningPlatform.options().withProviderThrough(provider::before))) {
            var id = gateway.submitted("a cat");

            assertThat(gateway.status(id)).isEqualTo("created");
            await().untilAsserted(
                            () -> assertThat(gateway.log()).anyMatch(line -> line.contains("submission-throttled")));
            assertThat(provider.connections()).isPositive();
            assertThat(gateway.platform().simulator().posts()).isZero();
        }
    }

    @Test
    void aTableWithAnUnknownAuthorityStoresNothing() {
        try (var table = new TcpProxy(tls);
                var gateway = RunningPlatform.start(RunningPlatform.options().withTableThrough(table::before))) {
            gateway.post("{\"prompt\": \"a cat\"}").then().statusCode(503);
            gateway.start("a cat").then().body("errorType", equalTo(StoreUnavailableException.class.getName()));
            assertThat(gateway.rows()).isEmpty();
            assertThat(gateway.platform().simulator().posts()).isZero();
        }
    }

    /**
     * Outside of tests no setting names a trust store: a native executable trusts what the JDK that built it trusts.
     */
    @Test
    void theExecutableTrustsTheRootsOfAws() throws IOException {
        try (var zip = new ZipFile(
                RunningPlatform.PROJECT.resolve("target/function.zip").toFile())) {
            var bootstrap = zip.getEntry("bootstrap");
            assumeThat(bootstrap).as("the artifact is native").isNotNull();

            var executable = new String(zip.getInputStream(bootstrap).readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(executable.contains("Amazon Root CA 1")).isTrue();
        }
    }

    @Test
    void aProviderWithoutAnAddressIsTriedLater() {
        try (var gateway = RunningPlatform.start(RunningPlatform.options()
                .withEnvironment(Map.of("DARKROOM_WAVESPEED_BASE_URL", "https://nowhere.invalid")))) {
            var id = gateway.submitted("a cat");

            assertThat(gateway.status(id)).isEqualTo("created");
            await().untilAsserted(
                            () -> assertThat(gateway.log()).anyMatch(line -> line.contains("submission-throttled")));
        }
    }
}
