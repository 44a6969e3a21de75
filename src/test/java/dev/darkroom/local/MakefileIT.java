package dev.darkroom.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make} builds before a command, in a copy of the Makefile. */
class MakefileIT {

    private static final String BUILD = "src/local/bin/build pre-integration-test";
    private static final Instant SOURCES = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir
    private Path project = Path.of("");

    @BeforeEach
    void makeAProject() throws IOException {
        Files.copy(Path.of("Makefile"), project.resolve("Makefile"));
        for (var name :
                new String[] {"pom.xml", "serverless.yml", "infra/parameters.yml", "src/main/A", "src/openapi/B"}) {
            file(name, SOURCES);
        }
        Files.setLastModifiedTime(project.resolve("Makefile"), FileTime.from(SOURCES));
    }

    @Test
    void anInterruptedBuildIsDoneAgain() throws IOException, InterruptedException {
        file("target/function.zip", SOURCES.plusSeconds(60));

        assertThat(planned("run")).contains(BUILD);
        assertThat(planned("keys")).contains(BUILD);
    }

    @Test
    void whatIsBuiltIsNotBuiltAgain() throws IOException, InterruptedException {
        file("target/local/built", SOURCES.plusSeconds(60));

        assertThat(planned("run")).doesNotContain(BUILD).contains("RunPlatform");
    }

    @Test
    void aSourceThatIsNewerIsBuilt() throws IOException, InterruptedException {
        file("target/local/built", SOURCES.minusSeconds(60));

        assertThat(planned("run")).contains(BUILD);
    }

    private String planned(String command) throws IOException, InterruptedException {
        var make = new ProcessBuilder("make", "-n", command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(make.waitFor()).as(output).isZero();
        return output;
    }

    private void file(String name, Instant time) throws IOException {
        var file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(time));
    }
}
