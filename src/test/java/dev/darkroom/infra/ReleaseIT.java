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
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a release, as the workflow makes them, are all that a deployment needs. */
class ReleaseIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "darkroom-v1.2.3-arm64";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A project with the tools, and a release of it. */
    @SuppressWarnings("NullAway.Init")
    private Path infra;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        InfraTools.install();
    }

    @BeforeEach
    void release() throws IOException, InterruptedException {
        infra = copyOfProject().resolve("infra");
        var zip = folder.resolve("function.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("bootstrap"));
            var header = new byte[64];
            header[18] = (byte) 0xb7;
            out.write(header);
        }
        Files.writeString(folder.resolve("bom.json"), "{}");
        var made = node("release.mjs");
        assertThat(made).endsWith("has %1$s.zip, %1$s.template.json, %1$s.bom.json, %1$s.sha256\n".formatted(NAME));
    }

    @Test
    void templateAndZipAreValidByThemselves() throws IOException, InterruptedException {
        assertThat(node("check-release.mjs", folder.resolve("out").toString()))
                .isEqualTo(NAME + ".template.json: the template and the zip are valid\n");
    }

    @Test
    void withTheSameParametersItIsWhatOslsPackages() throws IOException, InterruptedException {
        var checked = InfraTools.check(InfraTools.PROJECT, "templates-of-release", "zip-arm64", "without-images");
        assertThat(checked.exitCode()).as(checked.output()).isZero();

        assertThat(node(
                        "check-release.mjs",
                        folder.resolve("out").toString(),
                        InfraTools.template("templates-of-release", "zip-arm64") + "={}",
                        InfraTools.template("templates-of-release", "without-images") + "={\"keepImages\":\"false\"}"))
                .endsWith("are valid\n");
    }

    @Test
    void aParameterThatTheTemplateDoesNotHaveIsNamed() throws IOException, InterruptedException {
        var file = folder.resolve("out").resolve(NAME + ".template.json");
        var template = (ObjectNode) JSON.readTree(file.toFile());
        ((ObjectNode) template.path("Parameters")).remove("shards");
        Files.writeString(file, template.toString());

        assertThat(node("check-release.mjs", folder.resolve("out").toString()))
                .contains("shards of infra/parameters.yml is no parameter of the template")
                .contains(NAME + ".template.json has another checksum");
    }

    @Test
    void aSecretIsNotShown() throws IOException {
        JsonNode template = JSON.readTree(
                folder.resolve("out").resolve(NAME + ".template.json").toFile());

        assertThat(List.of("webhookSecret", "receiptKey"))
                .allSatisfy(name -> assertThat(
                                template.path("Parameters").path(name).path("NoEcho").booleanValue())
                        .isTrue());
    }

    private Path copyOfProject() throws IOException {
        var project = Files.createDirectories(folder.resolve("project"));
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

    private String node(String program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("node", infra.resolve(program).toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("ARTIFACT", folder.resolve("function.zip").toString());
        builder.environment().put("BOM", folder.resolve("bom.json").toString());
        builder.environment().put("OUT", folder.resolve("out").toString());
        builder.environment().put("VERSION", "v1.2.3");
        builder.environment().put("TOOLS", "installed");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
