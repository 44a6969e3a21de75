package dev.darkroom.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.local.functions.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SubjectTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Handler.class)
    void anErrorIsNotMeasured(Handler handler) {
        // Given
        var subject = Subject.ours(new Artifact(folder, List.of()));
        var answer = new MeasuredProcess.Answer("{\"statusCode\":500,\"body\":\"{\\\"code\\\":500}\"}", 0, 1);

        // Then
        assertThatThrownBy(() -> subject.checked(handler, answer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(handler.function(), "an unexpected answer", "500");
    }

    @Test
    void anArtifactWithABootstrapIsNative() throws IOException {
        // Given
        Files.createFile(folder.resolve("bootstrap"));

        // When
        var subject = Subject.ours(new Artifact(folder, List.of()));

        // Then
        assertThat(subject.name()).isEqualTo(Subject.NATIVE);
    }
}
