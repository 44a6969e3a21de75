package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.domain.ApiKey;
import dev.darkroom.dynamodb.TestTable;
import dev.darkroom.operator.Main.OperatorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@code make key}, {@code make keys} and {@code make key-disable}, on a table on this machine. */
@ExtendWith(TestTable.class)
class OperatorCommandsTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("PORT", "1", "STAGE", "");

    @TempDir
    private Path project = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    @BeforeEach
    void describeThePlatform(DynamoDbClient client) throws IOException {
        var address = client.serviceClientConfiguration()
                .endpointOverride()
                .map(URI::toString)
                .orElseThrow();
        Files.createDirectories(project.resolve("target/local"));
        Files.writeString(
                project.resolve("target/local/platform-1.json"),
                "{\"table\": \"%s\", \"tableName\": \"%s\"}".formatted(address, TestTable.CONFIG.name()));
    }

    @Test
    void aKeyIsShownOnceAndListedByItsId() {
        run("create", "acme");
        var key = new ApiKey(out.toString(StandardCharsets.UTF_8).strip());
        run("list");

        assertThat(notes.toString(StandardCharsets.UTF_8))
                .contains("cannot be shown again")
                .doesNotContain(key.value());
        assertThat(listed(key)).contains("  enabled   acme").doesNotContain(key.value());
    }

    @Test
    void aDisabledKeyIsListedAsSuch() {
        run("create", "acme");
        var key = new ApiKey(out.toString(StandardCharsets.UTF_8).strip());

        run("disable", key.digest().id().value());
        run("list");

        assertThat(listed(key)).contains("  disabled  acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Acme", "a b", "-acme", "acme_2"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThatThrownBy(() -> run("create", name))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("NAME must be 1 to 63 lower-case letters");
    }

    @Test
    void anUnknownIdIsRefused() {
        assertThatThrownBy(() -> run("disable", "0123456789abcdef"))
                .isInstanceOf(OperatorException.class)
                .hasMessage("there is no key 0123456789abcdef on this machine (port 1): see make keys");
        assertThatThrownBy(() -> run("disable", ""))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("ID must be 16");
    }

    @Test
    void withoutAPlatformItSaysHowToStartOne() throws IOException {
        Files.delete(project.resolve("target/local/platform-1.json"));

        assertThatThrownBy(() -> run("list"))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("nothing runs on port 1: start it with make run");
    }

    private void run(String... arguments) {
        new Main(ENVIRONMENT, project, printing(out), printing(notes)).run(List.of(arguments));
    }

    private String listed(ApiKey key) {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(key.digest().id().value()))
                .findFirst()
                .orElseThrow();
    }

    private static PrintStream printing(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
