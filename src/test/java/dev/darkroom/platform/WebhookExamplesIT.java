package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.core.webhook.WebhookSecret;
import dev.darkroom.core.webhook.WebhookSignatures;
import dev.darkroom.local.programs.EndedProgram;
import dev.darkroom.local.programs.NpmPackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs of docs/webhooks.md verify what the gateway signs, and nothing else. */
class WebhookExamplesIT {

    private static final WebhookSecret SECRET = secret(1);
    private static final String BODY = "{\"type\":\"generation.completed\",\"data\":{\"prompt\":\"K\u00e4tzchen\"}}";

    @SuppressWarnings("NullAway.Init")
    private static NpmPackages packages;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A language of the document, and what calls its function with a secret, and headers and a body from files. */
    enum Language {
        NODE("js", "example.mjs", """

                import { readFileSync } from 'node:fs'
                verified(process.argv[2], JSON.parse(readFileSync(process.argv[3])), readFileSync(process.argv[4], 'utf8'))
                """),
        PYTHON("python", "example.py", """

                import sys
                with open(sys.argv[2]) as headers, open(sys.argv[3], "rb") as body:
                    verified(sys.argv[1], json.load(headers), body.read())
                """),
        JAVA("java", "Example.java", """

                void main(String[] arguments) throws Exception {
                    var headers = new java.util.HashMap<String, java.util.List<String>>();
                    var pairs = java.util.regex.Pattern.compile("\\"([^\\"]+)\\":\\"([^\\"]+)\\"")
                            .matcher(java.nio.file.Files.readString(java.nio.file.Path.of(arguments[1])));
                    while (pairs.find()) {
                        headers.put(pairs.group(1), java.util.List.of(pairs.group(2)));
                    }
                    verify(
                            arguments[0],
                            HttpHeaders.of(headers, (_, _) -> true),
                            java.nio.file.Files.readString(java.nio.file.Path.of(arguments[2])));
                }
                """);

        private final String block;
        private final String file;
        private final String caller;

        Language(String block, String file, String caller) {
            this.block = block;
            this.file = file;
            this.caller = caller;
        }

        String program() throws IOException {
            var document = Files.readString(RunningPlatform.PROJECT.resolve("docs/webhooks.md"));
            var found = Pattern.compile("\n```%s\n(.*?)\n```".formatted(block), Pattern.DOTALL)
                    .matcher(document);
            assertThat(found.find()).as("an example for " + this).isTrue();
            return found.group(1) + "\n" + caller;
        }

        List<String> command(Path program) {
            return switch (this) {
                case NODE -> List.of("node", program.toString());
                case PYTHON -> List.of("python3", program.toString());
                case JAVA ->
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            program.toString());
            };
        }
    }

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        packages = NpmPackages.install(RunningPlatform.PROJECT, "src/test/npm/webhooks", "webhooks");
    }

    private static WebhookSecret secret(int seed) {
        var bytes = new byte[WebhookSecret.BYTES];
        Arrays.fill(bytes, (byte) (seed * 37));
        return WebhookSecret.of(bytes);
    }

    private EndedProgram run(Language language, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        // Packages are found in the folder of a program.
        var program = (language == Language.NODE ? packages.folder() : folder).resolve(language.file);
        Files.writeString(program, language.program());
        var pairs = headers.entrySet().stream()
                .map(header -> "\"%s\":\"%s\"".formatted(header.getKey(), header.getValue()))
                .toList();
        var ofHeaders = Files.writeString(folder.resolve("headers.json"), "{" + String.join(",", pairs) + "}");
        var ofBody = Files.writeString(folder.resolve("body"), body, StandardCharsets.UTF_8);
        var command = new ArrayList<>(language.command(program));
        command.addAll(List.of(SECRET.value(), ofHeaders.toString(), ofBody.toString()));
        return EndedProgram.of(new ProcessBuilder(command).directory(folder.toFile()));
    }

    @ParameterizedTest
    @EnumSource
    void itVerifiesWhatIsGenuineAndNothingElse(Language language) throws IOException, InterruptedException {
        var rotated = headers(Instant.now(), secret(2), SECRET);

        var genuine = run(language, rotated, BODY);
        assertThat(genuine.exitCode()).as(genuine.toString()).isZero();
        assertThat(run(language, rotated, BODY.replace("K", "k")).exitCode())
                .as("another body")
                .isNotZero();
        assertThat(run(language, with(rotated, "webhook-id", "msg_2"), BODY).exitCode())
                .as("another id")
                .isNotZero();
        assertThat(run(language, headers(Instant.now().minusSeconds(400), SECRET), BODY)
                        .exitCode())
                .as("old")
                .isNotZero();
        assertThat(run(language, headers(Instant.now(), secret(2)), BODY).exitCode())
                .as("another secret")
                .isNotZero();
    }

    private static Map<String, String> headers(Instant at, WebhookSecret... secrets) {
        return WebhookSignatures.headers(WebhookForm.STANDARD, "msg_1", at, BODY, List.of(secrets));
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        var changed = new TreeMap<>(headers);
        changed.put(name, value);
        return changed;
    }
}
