package dev.darkroom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.archive.ImageArchive.Stored;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.image.ContentHash;
import dev.darkroom.core.image.ContentType;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.ImageFacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every archive does. */
public abstract class ImageArchiveContract {

    protected static final ImageKey KEY = new ImageKey(new GenerationId("0123456789abcdef0123456789abcdef"), 0);
    protected static final ImageBytes IMAGE = bytes("an image");
    protected static final ImageBytes OTHER = bytes("another image");

    /** An archive without images. */
    protected abstract ImageArchive archive();

    @Test
    void anImageIsReadAsItWasStored() {
        var archive = archive();

        var stored = archive.store(KEY, IMAGE, facts(IMAGE));

        assertThat(stored).isEqualTo(new Stored.Written());
        assertThat(archive.read(KEY)).isEqualTo(IMAGE);
    }

    @Test
    void storingTheSameBytesAgainChangesNothing() {
        var archive = archive();
        archive.store(KEY, IMAGE, facts(IMAGE));

        var repeated = archive.store(KEY, IMAGE, facts(IMAGE));

        assertThat(repeated).isEqualTo(new Stored.Exists());
        assertThat(archive.read(KEY)).isEqualTo(IMAGE);
    }

    @Test
    void otherBytesAreNotStoredAndTheFirstOnesStay() {
        var archive = archive();
        archive.store(KEY, IMAGE, facts(IMAGE));

        var other = archive.store(KEY, OTHER, facts(OTHER));

        assertThat(other).isEqualTo(new Stored.Exists());
        assertThat(archive.read(KEY)).isEqualTo(IMAGE);
    }

    @Test
    void theImagesOfARowAreDifferentOnes() {
        var archive = archive();
        var second = new ImageKey(KEY.row(), 1);
        archive.store(KEY, IMAGE, facts(IMAGE));

        var stored = archive.store(second, OTHER, facts(OTHER));

        assertThat(stored).isEqualTo(new Stored.Written());
        assertThat(archive.read(KEY)).isEqualTo(IMAGE);
        assertThat(archive.read(second)).isEqualTo(OTHER);
    }

    @Test
    void anImageThatWasNeverStoredCannotBeRead() {
        var archive = archive();

        assertThatThrownBy(() -> archive.read(KEY)).isInstanceOf(ArchiveUnavailableException.class);
    }

    @Test
    void aDeletedImageIsGone() {
        var archive = archive();
        archive.store(KEY, IMAGE, facts(IMAGE));

        archive.delete(KEY);

        assertThatThrownBy(() -> archive.read(KEY)).isInstanceOf(ArchiveUnavailableException.class);
    }

    @Test
    void whatIsNotThereCanBeDeleted() {
        var archive = archive();

        assertThatCode(() -> archive.delete(KEY)).doesNotThrowAnyException();
    }

    protected static ImageBytes bytes(String text) {
        return new ImageBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    protected static ImageFacts facts(ImageBytes bytes) {
        return new ImageFacts(bytes.size(), ContentType.PNG, ContentHash.of(bytes), 1, 1, List.of());
    }
}
