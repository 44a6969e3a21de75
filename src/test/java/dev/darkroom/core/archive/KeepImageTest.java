package dev.darkroom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.FakeImageSource;
import dev.darkroom.core.InMemoryImageArchive;
import dev.darkroom.core.InMemoryImageIndex;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.inspect.Inspection;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeepImageTest {

    private static final ImageKey KEY = new ImageKey(new GenerationId("f".repeat(32)), 0);
    private static final ImageBytes IMAGE = FakeImageSource.imageAt("https://images.example/1.png");
    private static final ImageBytes OTHER = FakeImageSource.imageAt("https://images.example/2.png");

    private final InMemoryImageArchive archive = new InMemoryImageArchive();
    private final InMemoryImageIndex index = new InMemoryImageIndex();
    private final KeepImage keep = new KeepImage(archive, index);

    /** While the caller holds the bytes, those of the archive would need as much memory again. */
    @Test
    void anImageThatIsThereIsNotReadByTheAttemptToStoreIt() {
        keep.keep(CoreFixture.OWNER, KEY, IMAGE);

        var repeated = keep.keep(CoreFixture.OWNER, KEY, OTHER);

        assertThat(repeated).isEqualTo(new KeepImage.Result.Exists());
        assertThat(archive.reads()).isZero();
    }

    @Test
    void theFactsOfWhatIsThereAreReadAndFoundByTheirContent() {
        var facts = Inspection.of(IMAGE).orElseThrow();
        archive.store(KEY, IMAGE, facts);

        assertThat(keep.existing(CoreFixture.OWNER, KEY)).isEqualTo(facts);
        assertThat(index.find(CoreFixture.OWNER, facts.sha256())).contains(KEY);
    }

    @Test
    void whatIsThereAndIsNoImageIsNotKept() {
        var page = new ImageBytes("<html>".getBytes(StandardCharsets.UTF_8));
        archive.store(KEY, page, Inspection.of(IMAGE).orElseThrow());

        assertThatThrownBy(() -> keep.existing(CoreFixture.OWNER, KEY))
                .isInstanceOf(ArchiveUnavailableException.class)
                .hasMessage("the archive has something else under the image's name");
    }
}
