package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.jar.JarInputStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The platform uses no fixed ports, leaves no process behind, and is not in the artifact. */
class LocalPlatformIT {

    @Test
    void twoPlatformsRunSideBySideAndLeaveNoProcessBehind() {
        var before = new HashSet<>(ProcessHandle.current().descendants().toList());

        try (var one = RunningPlatform.start(RunningPlatform.options());
                var other = RunningPlatform.start(RunningPlatform.options())) {
            var id = one.submitted("a cat");
            assertThat(other.submitted("a dog")).isNotEqualTo(id);
            assertThat(one.completed(id).getString("data.status")).isEqualTo("completed");
            assertThat(one.rows()).hasSize(1);
        }

        await().untilAsserted(
                        () -> assertThat(ProcessHandle.current().descendants()).isSubsetOf(before));
    }

    @Test
    void theArtifactHasNoClassOfTheLocalPlatform() throws IOException {
        var names = namesInTheArtifact();

        assertThat(names).noneMatch(name -> name.contains("dev/darkroom/local") || name.contains("dev/darkroom/bench"));
        // The check reads deeply enough: it finds the handlers, or the single file of a native artifact.
        assertThat(names)
                .anyMatch(name -> name.endsWith("dev/darkroom/http/function/SubmitGenerationHandler.class")
                        || name.equals("bootstrap"));
    }

    /** A small artifact starts faster. That of the JVM contains the libraries as they are. */
    @Test
    void theArtifactIsSmall() throws IOException {
        boolean isNative = namesInTheArtifact().contains("bootstrap");

        assertThat(Files.size(RunningPlatform.PROJECT.resolve("target/function.zip")))
                .isLessThanOrEqualTo(isNative ? 20_000_000 : 26_000_000);
    }

    /** The names of the files in the zip and in its jars. */
    private static List<String> namesInTheArtifact() throws IOException {
        var names = new ArrayList<String>();
        try (var zip = new ZipFile(
                RunningPlatform.PROJECT.resolve("target/function.zip").toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                names.add(entry.getName());
                if (entry.getName().endsWith(".jar")) {
                    try (var jar = new JarInputStream(zip.getInputStream(entry))) {
                        for (var file = jar.getNextJarEntry(); file != null; file = jar.getNextJarEntry()) {
                            names.add(file.getName());
                        }
                    }
                }
            }
        }
        return names;
    }
}
