package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.HashSet;
import java.util.jar.JarInputStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The platform itself: no fixed ports, no process left behind, nothing of it in the artifact. */
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
    void nothingRunsWhileNothingIsPending() {
        try (var gateway = RunningPlatform.start(RunningPlatform.options())) {
            var id = gateway.submitted("a cat");
            gateway.completed(id);

            await().untilAsserted(() -> assertThat(gateway.platform().isBusy()).isFalse());
        }
    }

    @Test
    void theArtifactHasNoClassOfTheLocalPlatform() throws IOException {
        int ours = 0;
        try (var zip = new ZipFile(
                RunningPlatform.PROJECT.resolve("target/function.zip").toFile())) {
            for (var entry :
                    zip.stream().filter(file -> file.getName().endsWith(".jar")).toList()) {
                try (var jar = new JarInputStream(zip.getInputStream(entry))) {
                    for (var file = jar.getNextJarEntry(); file != null; file = jar.getNextJarEntry()) {
                        assertThat(file.getName()).doesNotContain("dev/darkroom/local", "dev/darkroom/bench");
                        ours += file.getName().startsWith("dev/darkroom/") ? 1 : 0;
                    }
                }
            }
            assertThat(zip.stream()).noneMatch(file -> file.getName().contains("dev/darkroom/local"));
            ours += (int) zip.stream()
                    .filter(file -> file.getName().startsWith("dev/darkroom/"))
                    .count();
        }
        assertThat(ours).isGreaterThan(50);
    }
}
