package dev.darkroom.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.CopyImage;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.image.ContentType;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.inspect.ImageFiles;
import dev.darkroom.core.image.inspect.Inspection;
import dev.darkroom.core.provider.PollOutcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that the provider answers in place of addresses. */
class InlineImagesTest {

    private static final ImageBytes IMAGE = new ImageBytes(ImageFiles.of(ContentType.WEBP, 30, 20));
    private static final String URI =
            "data:image/png;base64," + Base64.getEncoder().encodeToString(IMAGE.array());
    private static final Failure TOO_LARGE = new Failure("output_too_large", "too large");

    private final CoreFixture core = new CoreFixture().keepingImages();

    @Test
    void itIsInTheArchiveAndItsDataIsNotInTheRow() {
        var row = polled(TOO_LARGE, URI);

        assertThat(core.archive.objects().get(new ImageKey(row.id(), 0).objectName()))
                .isEqualTo(IMAGE);
        assertThat(outputs(row))
                .containsExactly(new Output(
                        "", false, new ImageCopy.Kept(Inspection.of(IMAGE).orElseThrow())));
        assertThat(core.row(row).dueAt()).isNull();
    }

    @Test
    void anAddressBesideItIsCopiedAfterwards() {
        var row = polled(null, "https://a/1.png", URI);

        assertThat(outputs(row).getFirst()).isEqualTo(new Output("https://a/1.png", false));
        assertThat(outputs(row).getLast().copy()).isInstanceOf(ImageCopy.Kept.class);
        assertThat(core.row(row).followUps()).extracting(FollowUp::action).containsExactly(new CopyImage(0));
    }

    /** The provider's answer is all that there is of the image, so it is read again. */
    @Test
    void whileTheArchiveIsDownTheRowWaits() {
        core.archive.setUnavailable(true);
        var row = polled(TOO_LARGE, URI);
        assertThat(core.row(row).state()).isInstanceOf(State.Processing.class);
        core.archive.setUnavailable(false);
        core.provider.willAnswerPoll(new PollOutcome.Inline(List.of(new Output(URI, false)), Duration.ZERO, TOO_LARGE));

        core.advance.advance(core.row(row));

        assertThat(outputs(row).getFirst().copy()).isInstanceOf(ImageCopy.Kept.class);
    }

    /** As programs write it that know lines (RFC 2045), addresses (RFC 4648), or percent-encoding. */
    @Test
    void base64IsReadHoweverItIsWritten() {
        var image = withEverySymbol();
        var usual = Base64.getEncoder().encodeToString(image.array());
        var lines = Base64.getMimeEncoder().encodeToString(image.array());
        var forAddresses = Base64.getUrlEncoder().withoutPadding().encodeToString(image.array());
        var encoded = URLEncoder.encode(usual, StandardCharsets.UTF_8);
        assertThat(usual).contains("+", "/", "=");

        for (var base64 : List.of(usual, lines, forAddresses, encoded, " " + usual + "\n")) {
            var row = polled(TOO_LARGE, "DATA:image/png;Base64," + base64);

            assertThat(core.archive.objects().get(new ImageKey(row.id(), 0).objectName()))
                    .as(base64)
                    .isEqualTo(image);
        }
    }

    /** An image whose base64 has every symbol. */
    private static ImageBytes withEverySymbol() {
        var file = ImageFiles.of(ContentType.PNG, 30, 20);
        var bytes = Arrays.copyOf(file, 1_000);
        var random = new Random(1);
        for (int at = file.length; at < bytes.length; at++) {
            bytes[at] = (byte) random.nextInt();
        }
        return new ImageBytes(bytes);
    }

    @Test
    void whileTheArchiveIsDownTheProviderIsNotBlamed() {
        core.archive.setUnavailable(true);

        polled(TOO_LARGE, URI);

        assertThat(core.events.inlineImagesNotStored()).containsExactly("the archive is down");
    }

    /** Each answer may have 8 MB. */
    @Test
    void aThirdRowAtOnceIsPolledAgainLater() {
        var rows = new ArrayList<Generation>();
        core.archive.beforeWrite(() -> {
            core.archive.beforeWrite(() -> {
                core.archive.beforeWrite(() -> {});
                rows.add(polled(TOO_LARGE, URI));
            });
            rows.add(polled(TOO_LARGE, URI));
        });

        rows.add(polled(TOO_LARGE, URI));

        assertThat(rows)
                .extracting(row -> core.row(row).state().status())
                .containsExactly(Status.PROCESSING, Status.COMPLETED, Status.COMPLETED);
        assertThat(core.events.inlineImagesNotStored()).containsExactly("other images are being stored");
    }

    @Test
    void anImageOfARowThatFailsMeanwhileIsNotLeftBehind() {
        core.archive.beforeWrite(() -> {
            core.archive.beforeWrite(() -> {});
            var row = core.store.all().iterator().next();
            core.store.update(row.failed(TOO_LARGE, core.clock.instant()));
        });

        polled(TOO_LARGE, URI);

        assertThat(core.archive.objects()).isEmpty();
    }

    @Test
    void anImageOfARowThatIsDeletedMeanwhileIsNotLeftBehind() {
        core.archive.beforeWrite(() -> {
            core.archive.beforeWrite(() -> {});
            var row = core.store.all().iterator().next();
            answer(TOO_LARGE, URI);
            core.advance.advance(row);
            core.store.update(core.row(row).deleted(core.clock.instant()));
            core.advance.advance(core.row(row));
        });

        polled(TOO_LARGE, URI);

        assertThat(core.archive.objects()).isEmpty();
    }

    @Test
    void anImageOfARowThatAnotherPollCompletesMeanwhileStays() {
        core.archive.beforeWrite(() -> {
            core.archive.beforeWrite(() -> {});
            answer(TOO_LARGE, URI);
            core.advance.advance(core.store.all().iterator().next());
        });

        var row = polled(TOO_LARGE, URI);

        assertThat(core.archive.objects()).hasSize(1);
        assertThat(outputs(row).getFirst().copy()).isInstanceOf(ImageCopy.Kept.class);
    }

    /** It was paid for, and may have been sent in part. */
    @Test
    void whatIsNoImageIsPolledForOnceMore() {
        var row = polled(TOO_LARGE, "data:image/png;base64,AAAA");
        assertThat(core.row(row).state()).isInstanceOf(State.Processing.class);
        answer(TOO_LARGE, URI);

        core.advance.advance(core.row(row));

        assertThat(outputs(row).getFirst().copy()).isInstanceOf(ImageCopy.Kept.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/png;base64,AAAA",
                "data:image/png;base64,*",
                "data:image/png;base64,%",
                "data:image/png;base64,%zz",
                "data:image/png;base64,\u00e4",
                "data:text/plain,a",
                "data:"
            })
    void whatIsNoImageForAMinuteIsReportedAndNotStored(String uri) {
        var row = polled(null, uri);
        core.clock.advance(Duration.ofMinutes(1));
        answer(null, uri);

        core.advance.advance(core.row(row));

        assertThat(outputs(row).getFirst().url()).isEmpty();
        assertThat(outputs(row).getFirst().copy()).isInstanceOf(ImageCopy.NotCopied.class);
        assertThat(core.archive.objects()).isEmpty();
    }

    @Test
    void withoutAnArchiveAnImageThatDoesNotFitIntoTheRowFailsIt() {
        var other = new CoreFixture();

        var row = polled(other, TOO_LARGE, URI);

        assertThat(other.row(row).failure()).contains(TOO_LARGE);
    }

    @Test
    void withoutAnArchiveASmallOneStaysAsItIs() {
        var other = new CoreFixture();

        var row = polled(other, null, URI);

        assertThat(((State.Completed) other.row(row).state()).outputs()).containsExactly(new Output(URI, false));
    }

    private List<Output> outputs(Generation row) {
        return ((State.Completed) core.row(row).state()).outputs();
    }

    private Generation polled(@Nullable Failure tooLarge, String... urls) {
        return polled(core, tooLarge, urls);
    }

    private static Generation polled(CoreFixture fixture, @Nullable Failure tooLarge, String... urls) {
        var row = fixture.submitted("a cat");
        answer(fixture, tooLarge, urls);
        fixture.advance.advance(row);
        return row;
    }

    private void answer(@Nullable Failure tooLarge, String... urls) {
        answer(core, tooLarge, urls);
    }

    private static void answer(CoreFixture fixture, @Nullable Failure tooLarge, String... urls) {
        var outputs = List.of(urls).stream().map(url -> new Output(url, false)).toList();
        fixture.provider.willAnswerPoll(new PollOutcome.Inline(outputs, Duration.ZERO, tooLarge));
    }
}
