package dev.darkroom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code src/local/bin/build} in a copy of the project's scripts, with a fake Maven. */
class BuildScriptIT {

    private static final Path SCRIPTS = Path.of("src/local/bin");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    private Path folder = Path.of("");

    private Path output = Path.of("");

    @BeforeEach
    void copyTheScripts() throws IOException {
        var bin = Files.createDirectories(folder.resolve("project").resolve(SCRIPTS));
        for (var name : new String[] {"build", "with-jdk"}) {
            executable(bin.resolve(name), Files.readString(SCRIPTS.resolve(name)));
        }
        output = folder.resolve("output");
    }

    @Test
    void itSaysWhatMavenDoesAndWhereTheLogIs() throws IOException, InterruptedException {
        var build = build("""
                echo 'Downloading from central: https://repository.example/a/b/1/b-1.jar'
                while [ ! -f "$FOLDER/end" ]; do sleep 0.1; done
                """);

        await().atMost(TIMEOUT).until(() -> said().contains(" s  downloading b-1.jar"));
        Files.createFile(folder.resolve("end"));

        assertThat(build.waitFor()).isZero();
        assertThat(said())
                .startsWith(
                        "Building (the first time it downloads for some minutes); the output is in target/build.log.\n")
                .endsWith(" s  done\n");
    }

    @Test
    void aBuildThatFailsShowsTheErrorsWithoutMavensAdvice() throws IOException, InterruptedException {
        var build = build("""
                echo '[INFO] Scanning for projects...'
                echo '[ERROR] COMPILATION ERROR : A.java:[1,2] no'
                echo '[ERROR] Failed to execute goal a:b:1:compile: Compilation failure -> [Help 1]'
                echo '[ERROR] '
                echo '[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.'
                echo '[ERROR] [Help 1] http://advice.example/MojoFailureException'
                exit 1
                """);

        assertThat(build.waitFor()).isEqualTo(1);
        assertThat(said())
                .contains("COMPILATION ERROR : A.java:[1,2] no", "The whole output is in target/build.log.")
                .doesNotContain("[ERROR]", "[Help", "re-run Maven", "Scanning");
    }

    private Process build(String maven) throws IOException {
        var commands = Files.createDirectories(folder.resolve("commands"));
        executable(commands.resolve("mvn"), "#!/bin/sh\n" + maven);
        var builder = new ProcessBuilder("src/local/bin/build", "package")
                .directory(folder.resolve("project").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // with-jdk puts the JDK's folder before the path.
        builder.environment().merge("PATH", commands.toString(), (path, first) -> first + ":" + path);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("FOLDER", folder.toString());
        builder.environment().remove("TITLE");
        return builder.start();
    }

    private String said() throws IOException {
        return Files.exists(output) ? Files.readString(output) : "";
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
