package dev.darkroom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.archive.FindImage.Found;
import dev.darkroom.core.archive.ImageSource.Fetched;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TestClaims;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a link leads while the generation runs, until its image is copied, afterwards, and after its deletion. */
class FindImageTest {

    private static final String URL = "https://images.example/p.png";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private final CoreFixture core = new CoreFixture();
    private final FindImage find = new FindImage(core.store, new ImageRetention(Duration.ofDays(30), core.clock));

    @Test
    void anImageIsAtTheProviderUntilItIsCopied() {
        var row = completed(1, URL);

        assertThat(found(row, "0.png")).isEqualTo(new Found.AtProvider(URL));
    }

    @Test
    void theSameLinkLeadsToTheArchiveFromThenOn() {
        var row = completed(1, URL);
        core.advance.advance(row);

        assertThat(found(row, "0.png"))
                .isInstanceOfSatisfying(
                        Found.Kept.class, kept -> assertThat(kept.key()).isEqualTo(new ImageKey(row.id(), 0)));
    }

    @Test
    void anImageThatIsKeptOutlivesTheProvidersWeek() {
        var row = completed(1, URL);
        core.advance.advance(row);
        core.clock.advance(Duration.ofDays(29));

        assertThat(found(row, "0.png")).isInstanceOf(Found.Kept.class);
    }

    @Test
    void anImageIsGoneWhenTheArchiveHasDeletedIt() {
        var row = completed(1, URL);
        core.advance.advance(row);
        core.clock.advance(Duration.ofDays(30));

        assertThat(found(row, "0.png")).isEqualTo(new Found.Gone());
    }

    @Test
    void anImageThatWasNotCopiedIsGoneAfterTheProvidersWeek() {
        core.images.answer(URL, new Fetched.Refused("the address is not public"));
        var row = completed(1, URL);
        core.advance.advance(row);

        assertThat(found(row, "0.png")).isEqualTo(new Found.AtProvider(URL));
        core.clock.advance(Duration.ofDays(7));
        assertThat(found(row, "0.png")).isEqualTo(new Found.Gone());
    }

    @Test
    void aDeletedGenerationSaysSoToThoseWhoHaveTheLink() {
        var row = completed(1, URL);
        core.store.update(row.deleted(core.clock.instant()));

        assertThat(found(row, "0.png")).isEqualTo(new Found.Gone());
        assertThat(found(row, "1.png")).isEqualTo(new Found.Unknown());
        assertThat(find.find(row.id().value(), "f".repeat(32), "0.png")).isEqualTo(new Found.Unknown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "0.jpg", "0.PNG", "00.png", "1.png", "-1.png", "0.png/", "0.png.png", "..", "0%2epng"})
    void aNameHasToBeExactlyAsItWasGivenOut(String name) {
        assertThat(found(completed(1, URL), name)).isEqualTo(new Found.Unknown());
    }

    @Test
    void noOtherTokenOpensAnImage() {
        var row = completed(1, URL);
        var other = stored(new LinkToken("f".repeat(32)), 1, URL);
        var random = new Random(1);
        var guesses = IntStream.range(0, 10_000).mapToObj(_ -> {
            var bytes = new byte[16];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        });

        assertThat(guesses.map(guess -> find.find(row.id().value(), guess, "0.png")))
                .containsOnly(new Found.Unknown());
        for (var wrong : List.of(
                "", TOKEN.substring(1), TOKEN + "0", TOKEN.toUpperCase(Locale.ROOT), "%30" + TOKEN.substring(1), "ä")) {
            assertThat(find.find(row.id().value(), wrong, "0.png")).isEqualTo(new Found.Unknown());
        }
        assertThat(find.find(other.id().value(), TOKEN, "0.png")).isEqualTo(new Found.Unknown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "ffffffffffffffffffffffffffffffff", "../../x"})
    void anUnknownIdIsLikeAWrongToken(String id) {
        assertThat(find.find(id, TOKEN, "0.png")).isEqualTo(new Found.Unknown());
    }

    /** Such a row has no token, and zeros must not take its place. */
    @Test
    void aGenerationWhoseImagesStayAtTheProviderHasNoLinks() {
        var row = core.submitted("a cat");
        core.clock.advance(Duration.ofSeconds(4));
        core.advance.advance(row);

        assertThat(find.find(row.id().value(), "0".repeat(32), "0.png")).isEqualTo(new Found.Unknown());
    }

    @Test
    void theImagesOfCopiesAreNumberedAfterThoseOfTheGeneration() {
        var row = completed(2, URL);
        var copy = row.copy(1, 1)
                .claimed(TestClaims.claim("c", core.clock.instant()), core.clock.instant())
                .submitted(new PredictionId("p2"), core.clock.instant(), core.clock.instant())
                .completed(new State.Completed(
                        new PredictionId("p2"),
                        List.of(new Output("https://images.example/2.webp", false)),
                        Duration.ZERO,
                        core.clock.instant()));
        core.store.create(copy);
        core.advance.advance(copy);

        assertThat(found(row, "0.png")).isEqualTo(new Found.AtProvider(URL));
        assertThat(found(row, "1.webp"))
                .isInstanceOfSatisfying(
                        Found.Kept.class, kept -> assertThat(kept.key()).isEqualTo(new ImageKey(copy.id(), 0)));
        assertThat(find.find(copy.id().value(), TOKEN, "0.webp")).isEqualTo(new Found.Unknown());
    }

    private Found found(Generation row, String name) {
        return find.find(row.id().value(), TOKEN, name);
    }

    private Generation completed(int copies, String url) {
        return stored(new LinkToken(TOKEN), copies, url);
    }

    private Generation stored(LinkToken token, int copies, String url) {
        var now = core.clock.instant();
        var request = new GenerationRequest(
                        new ModelId(CoreFixture.MODEL),
                        CoreFixture.PROVIDER,
                        "{\"prompt\":\"a cat\"}",
                        copies,
                        Metadata.NONE)
                .keepingImages(token);
        var prediction = new PredictionId("p-" + core.unique());
        var row = new Generation(
                        new GenerationId(core.unique()),
                        CoreFixture.OWNER,
                        request,
                        now,
                        1,
                        now,
                        new State.Processing(prediction, now, CoreFixture.MODEL))
                .completed(new State.Completed(prediction, List.of(new Output(url, false)), Duration.ZERO, now));
        core.store.create(row);
        return row;
    }
}
