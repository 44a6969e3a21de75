package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.image.ContentType;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.core.image.inspect.ImageFiles;
import dev.darkroom.core.image.inspect.Inspection;
import dev.darkroom.operator.ExportFolder.Added;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportFolderTest {

    private static final byte[] IMAGE = ImageFiles.of(ContentType.PNG, 64, 48);
    private static final ImageFacts FACTS = Inspection.of(new ImageBytes(IMAGE)).orElseThrow();

    @TempDir
    private Path temporary = Path.of("");

    private Path folder = Path.of("");

    @BeforeEach
    void inAFolderThatIsNotThereYet() {
        folder = temporary.resolve("new/images");
    }

    @Test
    void aFileIsAddedOnce() throws IOException {
        assertThat(add(IMAGE)).isEqualTo(Added.NOW);
        assertThat(ExportFolder.at(folder).add("a.png", FACTS, _ -> {
                    throw new IOException("downloaded again");
                }))
                .isEqualTo(Added.BEFORE);

        assertThat(folder.resolve("a.png")).hasBinaryContent(IMAGE);
        assertThat(names()).containsExactly("a.png");
    }

    @Test
    void afterABrokenDownloadThereIsNoFile() throws IOException {
        assertThatThrownBy(() -> ExportFolder.at(folder).add("a.png", FACTS, file -> {
                    Files.write(file, Arrays.copyOf(IMAGE, 20));
                    throw new IOException("cut off");
                }))
                .hasMessage("cut off");

        assertThat(names()).isEmpty();
    }

    @Test
    void otherBytesAreNotKept() throws IOException {
        var other = IMAGE.clone();
        other[other.length - 1]++;

        assertThat(add(other)).isEqualTo(Added.DAMAGED);
        assertThat(add(Arrays.copyOf(IMAGE, 20))).isEqualTo(Added.DAMAGED);

        assertThat(names()).isEmpty();
    }

    @Test
    void anImageThatIsNotThereLeavesNoFile() throws IOException {
        assertThat(ExportFolder.at(folder).add("a.png", FACTS, _ -> false)).isEqualTo(Added.NOT_THERE);

        assertThat(names()).isEmpty();
    }

    /** For example after a power failure, or because of a person. */
    @Test
    void aFileWithOtherBytesIsReplaced() throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("a.png"), Arrays.copyOf(IMAGE, 20));
        Files.write(folder.resolve("a.png.part"), new byte[100]);

        assertThat(add(IMAGE)).isEqualTo(Added.NOW);

        assertThat(folder.resolve("a.png")).hasBinaryContent(IMAGE);
        assertThat(names()).containsExactly("a.png");
    }

    @Test
    void aLinkIsReplacedAndNotFollowed() throws IOException {
        var elsewhere = Files.write(temporary.resolve("elsewhere"), IMAGE);
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve("a.png"), elsewhere);

        assertThat(add(IMAGE)).isEqualTo(Added.NOW);
        ExportFolder.at(folder).write("a.png", List.of("a", "b"));

        assertThat(elsewhere).hasBinaryContent(IMAGE);
        assertThat(folder.resolve("a.png")).hasContent("ab").isRegularFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.png", "/a.png", "b/a.png", "b/../../a.png", ".", ".."})
    void noNameLeavesTheFolder(String name) {
        assertThatThrownBy(() -> ExportFolder.at(folder).add(name, FACTS, file -> {
                    Files.write(file, IMAGE);
                    return true;
                }))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        var file = Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(() -> ExportFolder.at(file))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("TO must be a folder");
    }

    private Added add(byte[] bytes) throws IOException {
        return ExportFolder.at(folder).add("a.png", FACTS, file -> {
            Files.write(file, bytes);
            return true;
        });
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
