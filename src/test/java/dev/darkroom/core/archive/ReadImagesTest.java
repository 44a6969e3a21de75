package dev.darkroom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.FakeImageSource;
import dev.darkroom.core.archive.ImageSource.Fetched;
import dev.darkroom.core.archive.ReadImages.Images;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.image.ImageBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadImagesTest {

    private static final String ADDRESS = "https://images.example/prediction-1.png";
    private static final ImageBytes IMAGE = FakeImageSource.imageAt(ADDRESS);

    private final CoreFixture core = new CoreFixture().keepingImages();
    private final ReadImages readImages = new ReadImages(
            core.store, Optional.of(core.archive), core.images, new ImageRetention(Duration.ofDays(30), core.clock));

    private Images read(Generation row, long maxBytes) {
        return readImages.read(row.id(), maxBytes, core.clock.instant().plusSeconds(1));
    }

    private Generation completed() {
        var row = core.submitted("a cat");
        core.advance.advance(row);
        return core.row(row);
    }

    private Generation kept() {
        var row = completed();
        core.advance.advance(row);
        return core.row(row);
    }

    @Test
    void anImageIsReadFromTheProviderUntilItIsCopied() {
        assertThat(read(completed(), 100_000)).isEqualTo(new Images.Read(List.of(IMAGE)));
        assertThat(core.archive.writes()).isZero();
    }

    @Test
    void anImageThatIsCopiedIsReadFromTheArchive() {
        var row = kept();
        core.images.answer(ADDRESS, new Fetched.Failed("down"));

        assertThat(read(row, 100_000)).isEqualTo(new Images.Read(List.of(IMAGE)));
    }

    @Test
    void theProviderHasAnImageWhileTheArchiveDoesNotAnswer() {
        var row = kept();
        core.archive.setUnavailable(true);

        assertThat(read(row, 100_000)).isEqualTo(new Images.Read(List.of(IMAGE)));
    }

    @Test
    void imagesThatAreTooLargeTogetherAreNotRead() {
        assertThat(read(completed(), IMAGE.size() - 1)).isEqualTo(new Images.TooLarge());
        assertThat(read(kept(), IMAGE.size() - 1)).isEqualTo(new Images.TooLarge());
    }

    @Test
    void imagesOfJustTheLimitAreRead() {
        assertThat(read(completed(), IMAGE.size())).isInstanceOf(Images.Read.class);
        assertThat(read(kept(), IMAGE.size())).isInstanceOf(Images.Read.class);
    }

    @Test
    void anImageThatCannotBeFetchedMayBeReadLater() {
        var row = completed();
        core.images.answer(ADDRESS, new Fetched.Failed("down"));

        assertThat(read(row, 100_000)).isEqualTo(new Images.Unavailable());
    }

    @Test
    void anImageThatMayNotBeFetchedIsGone() {
        var row = completed();
        core.images.answer(ADDRESS, new Fetched.NotAllowed("the address is not public"));

        assertThat(read(row, 100_000)).isEqualTo(new Images.Gone());
    }

    @Test
    void aPageInPlaceOfAnImageIsNoImage() {
        var row = completed();
        core.images.answer(ADDRESS, new Fetched.Content(new ImageBytes("<html>down".getBytes(StandardCharsets.UTF_8))));

        assertThat(read(row, 100_000)).isEqualTo(new Images.Unavailable());
    }

    @Test
    void anImageThatHasExpiredIsGone() {
        var row = kept();
        core.clock.advance(Duration.ofDays(31));

        assertThat(read(row, 100_000)).isEqualTo(new Images.Gone());
    }

    @Test
    void aDeletedGenerationHasNoImages() {
        var row = kept();
        core.store.update(row.deleted(core.clock.instant()));

        assertThat(read(row, 100_000)).isEqualTo(new Images.Gone());
        assertThat(readImages.read(new GenerationId("f".repeat(32)), 1, core.clock.instant()))
                .isEqualTo(new Images.Gone());
    }
}
