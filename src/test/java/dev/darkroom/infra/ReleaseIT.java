package dev.darkroom.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a release, as the workflow makes them, are all that a deployment needs. */
class ReleaseIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "darkroom-v1.2.3-arm64";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path made;

    /** The programs of a copy of the project, which has nothing that was built. */
    @SuppressWarnings("NullAway.Init")
    private static Path infra;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** One release for all tests, because it takes long. */
    @BeforeAll
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    static void release() throws IOException, InterruptedException {
        InfraTools.packageVariants();
        infra = copyOfProject().resolve("infra");
        try (var out = new ZipOutputStream(Files.newOutputStream(made.resolve("function.zip")))) {
            out.putNextEntry(new ZipEntry("bootstrap"));
            var header = new byte[64];
            header[18] = (byte) 0xb7;
            out.write(header);
        }
        Files.writeString(made.resolve("bom.json"), "{}");
        assertThat(node("release.mjs"))
                .endsWith("has %1$s.zip, %1$s.template.json, %1$s.bom.json, %1$s.sha256\n".formatted(NAME));
    }

    @Test
    void templateAndZipAreValidByThemselves() throws IOException, InterruptedException {
        assertThat(node("check-release.mjs", made.resolve("out").toString()))
                .isEqualTo(NAME + ".template.json: the template and the zip are valid\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip-arm64", "every-parameter"})
    void withTheSameParametersItIsWhatOslsPackages(String variant) throws IOException, InterruptedException {
        assertThat(node(
                        "check-release.mjs",
                        made.resolve("out").toString(),
                        InfraTools.packaged(variant).toString()))
                .endsWith("are valid\n");
    }

    @Test
    void aParameterThatTheTemplateDoesNotHaveIsNamed() throws IOException, InterruptedException {
        for (var ending : List.of("zip", "template.json", "bom.json", "sha256")) {
            Files.copy(made.resolve("out").resolve(NAME + "." + ending), folder.resolve(NAME + "." + ending));
        }
        var file = folder.resolve(NAME + ".template.json");
        var template = (ObjectNode) JSON.readTree(file.toFile());
        ((ObjectNode) template.path("Parameters")).remove("shards");
        Files.writeString(file, template.toString());

        assertThat(node("check-release.mjs", folder.toString()))
                .contains("shards of infra/parameters.yml is no parameter of the template")
                .contains(NAME + ".template.json has another checksum");
    }

    @Test
    void aSecretIsNotShown() throws IOException {
        assertThat(List.of("webhookSecret", "receiptKey"))
                .allSatisfy(name -> assertThat(parameter(name).path("NoEcho").booleanValue())
                        .isTrue());
    }

    @Test
    void whatIsASettingOfTheStackIsRefusedByTheTemplate() throws IOException {
        assertThat(parameter("tags").path("AllowedValues").toString()).isEqualTo("[\"\"]");
        assertThat(parameter("tags").path("ConstraintDescription").asText()).contains("--tags");
        assertThat(parameter("rollbackMinutes").path("AllowedValues").toString())
                .isEqualTo("[\"0\"]");
        assertThat(parameter("rollbackMinutes").path("ConstraintDescription").asText())
                .contains("--rollback-configuration");
    }

    @Test
    void logsStayByAParameter() throws IOException {
        var template = template();
        var group = template.path("Resources").path("SubmitDashgenerationLogGroup");

        assertThat(template.path("Transform").asText()).isEqualTo("AWS::LanguageExtensions");
        assertThat(group.path("DeletionPolicy").toString())
                .isEqualTo("{\"Fn::If\":[\"KeepsLogs\",\"RetainExceptOnCreate\",\"Delete\"]}");
        assertThat(group.path("UpdateReplacePolicy").toString())
                .isEqualTo("{\"Fn::If\":[\"KeepsLogs\",\"Retain\",\"Delete\"]}");
    }

    @Test
    void theWorkflowMakesItAsMakeDoes() throws IOException {
        var workflow = Files.readString(InfraTools.PROJECT.resolve(".github/workflows/native.yml"));
        var makefile = Files.readString(InfraTools.PROJECT.resolve("Makefile"));

        assertThat(workflow).containsPattern("(?m)^ *- run: make release$");
        assertThat(workflow).contains("path: target/release/");
        assertThat(makefile).containsPattern("(?m)^release: target/bom\\.json .*\\n\\t@node infra/release\\.mjs$");
    }

    private static JsonNode template() throws IOException {
        return JSON.readTree(
                made.resolve("out").resolve(NAME + ".template.json").toFile());
    }

    private static JsonNode parameter(String name) throws IOException {
        return template().path("Parameters").path(name);
    }

    private static Path copyOfProject() throws IOException {
        var project = Files.createDirectories(made.resolve("project"));
        for (var part : List.of("serverless.yml", "pom.xml", "infra", "docs", "src/main/resources/models")) {
            copy(part, project);
        }
        Files.createSymbolicLink(project.resolve("infra/node_modules"), InfraTools.FOLDER.resolve("node_modules"));
        return project;
    }

    private static void copy(String part, Path to) throws IOException {
        try (var files = Files.walk(InfraTools.PROJECT.resolve(part))) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("node_modules"))
                    .toList()) {
                var copy = to.resolve(InfraTools.PROJECT.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static String node(String program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("node", infra.resolve(program).toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(made.toFile()).redirectErrorStream(true);
        builder.environment().put("ARTIFACT", made.resolve("function.zip").toString());
        builder.environment().put("BOM", made.resolve("bom.json").toString());
        builder.environment().put("OUT", made.resolve("out").toString());
        builder.environment().put("VERSION", "v1.2.3");
        builder.environment().put("TOOLS", "installed");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
