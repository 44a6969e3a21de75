package dev.darkroom.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The acceptance test of the HTTP contract: the provider's own npm client, unmodified, completes a run, and so does each
 * example of the README.
 */
class ClientsIT {

    private static final Path SOURCE = RunningPlatform.PROJECT.resolve("src/test/npm");
    private static final Path WORK = RunningPlatform.PROJECT.resolve("target/clients");

    private record Ended(int exitCode, String output) {}

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Files.createDirectories(WORK);
        try (var files = Files.list(SOURCE)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, WORK.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        var installed = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        assertThat(installed.exitCode()).as(installed.output()).isZero();
        gateway = RunningPlatform.start(RunningPlatform.options());
        gateway.warmUp();
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @Test
    void aRunGivesTheImages() throws IOException, InterruptedException {
        int before = gateway.platform().simulator().posts();

        var ended = client("{\"prompt\": \"a cat\", \"num_images\": 2, \"aspect_ratio\": \"16:9\"}");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        // The client prints a line when it has to repeat a call; the last line is the result.
        var answer = ended.output().lines().reduce("", (_, last) -> last);
        var outputs = JsonPath.from(answer).<String>getList("outputs");
        assertThat(outputs).hasSize(2).allSatisfy(url -> given().get(url).then().statusCode(200));
        assertThat(gateway.platform().simulator().posts() - before).isEqualTo(1);
    }

    @Test
    void aFailedRunHasTheReason() throws IOException, InterruptedException {
        var ended = client("{\"prompt\": \"[fail]\"}");

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output()).contains("the simulator failed as requested");
    }

    @Test
    void theErrorOfBadInputNamesTheMistake() throws IOException, InterruptedException {
        var ended = client("{\"prompt\": \"a cat\", \"negative_promt\": \"dogs\"}");

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output()).contains("did you mean negative_prompt?");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            sh,      image.sh
            node,    image.mjs
            python3, image.py
            java,    Image.java
            """)
    void anExampleOfTheReadmePollsToTheEnd(String program, String file) throws IOException, InterruptedException {
        assumeThat(isInstalled(program)).as("%s is installed", program).isTrue();
        Files.writeString(WORK.resolve(file), example(program + " " + file));

        var ended = run("env", "KEY=" + gateway.key().value(), program, file);

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("completed").containsPattern("https?://\\S+/0\\.png");
    }

    /** The code block after the first line of the README that names the command, sent to this platform. */
    private static String example(String command) throws IOException {
        var readme = Files.readString(RunningPlatform.PROJECT.resolve("README.md"));
        var block = Pattern.compile("\\(`%s`.*?\n```\\w+\n(.*?)\n```".formatted(Pattern.quote(command)), Pattern.DOTALL)
                .matcher(readme);
        assertThat(block.find()).as("README has an example for %s", command).isTrue();
        return block.group(1)
                .replace("http://localhost:8080", gateway.platform().address().toString());
    }

    private static boolean isInstalled(String program) throws IOException, InterruptedException {
        return run("sh", "-c", "command -v " + program).exitCode() == 0;
    }

    private static Ended client(String input) throws IOException, InterruptedException {
        return run(
                "node",
                "run.mjs",
                gateway.platform().address().toString(),
                gateway.key().value(),
                input);
    }

    private static Ended run(String... command) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(List.of(command)).directory(WORK.toFile()).redirectErrorStream(true);
        // The README's Java example needs the JDK of this test, and not an older one that comes first on the path.
        builder.environment().merge("PATH", System.getProperty("java.home") + "/bin:", (path, jdk) -> jdk + path);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
