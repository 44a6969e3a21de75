package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.operator.OperatorCli.OperatorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A platform that was killed leaves its file behind. */
class LocalPlatformTest {

    @TempDir
    private Path project = Path.of("");

    @Test
    void aPlatformWhoseAddressesListenRuns() throws IOException {
        try (var gateway = socket();
                var table = socket()) {
            describe(gateway.getLocalPort(), table.getLocalPort());

            var platform = LocalPlatform.at(project, "8180");

            assertThat(platform.table()).isEqualTo(URI.create("http://localhost:" + table.getLocalPort()));
            assertThat(platform.tableName()).isEqualTo("a-table");
            assertThat(platform.bucket()).isEmpty();
        }
    }

    @Test
    void aPlatformThatKeepsImagesSaysWhere() throws IOException {
        try (var gateway = socket();
                var table = socket()) {
            var file = describe(gateway.getLocalPort(), table.getLocalPort());
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replace("}", ", \"bucket\": \"http://localhost:1\", \"bucketName\": \"a-bucket\"}"));

            var platform = LocalPlatform.at(project, "8180");

            assertThat(platform.bucket())
                    .contains(new LocalPlatform.Bucket(URI.create("http://localhost:1"), "a-bucket"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "list", "disable", "stuck", "resubmit", "fail", "export"})
    void afterAKillEveryCommandSaysThatNothingRuns(String command) throws IOException {
        describe(closedPort(), closedPort());
        var argument = Map.of("create", "acme", "export", "acme", "disable", "0".repeat(16))
                .getOrDefault(command, "0".repeat(32));

        assertThatThrownBy(() -> run(command, argument, command.equals("export") ? "images" : ""))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("nothing runs on port 8180; start it with make run");
    }

    @Test
    void aTableThatOutlivedItsPlatformIsNotUsed() throws IOException {
        try (var table = socket()) {
            describe(closedPort(), table.getLocalPort());

            assertThatThrownBy(() -> LocalPlatform.at(project, "8180"))
                    .hasMessageStartingWith("nothing runs on port 8180");
        }
    }

    @Test
    void aPlatformWhoseTableHasEndedAndAnotherProgramOnThePortAreNotUsed() throws IOException {
        try (var other = socket()) {
            describe(other.getLocalPort(), closedPort());

            assertThatThrownBy(() -> LocalPlatform.at(project, "8180"))
                    .hasMessage(
                            "the table of the platform on port 8180 does not answer; stop what runs there, and start"
                                    + " it with make run");
        }
    }

    private void run(String... arguments) {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        new OperatorCli(Map.of("PORT", "8180"), project, nowhere, nowhere).run(List.of(arguments));
    }

    private Path describe(int gateway, int table) throws IOException {
        var file = Files.createDirectories(project.resolve("target/local")).resolve("platform-8180.json");
        return Files.writeString(
                file,
                "{\"gateway\": \"http://localhost:%s\", \"table\": \"http://localhost:%s\", \"tableName\": \"a-table\"}"
                        .formatted(gateway, table));
    }

    private static ServerSocket socket() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static int closedPort() throws IOException {
        try (var socket = socket()) {
            return socket.getLocalPort();
        }
    }
}
