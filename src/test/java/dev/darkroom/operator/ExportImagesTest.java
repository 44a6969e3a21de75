package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.archive.ImageKey;
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
import dev.darkroom.core.image.ContentHash;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.operator.ExportImages.Result;
import dev.darkroom.operator.ExportedImage.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code make export} on fakes of table and bucket. */
class ExportImagesTest {

    private static final String URL = "https://images.example/p.png";

    private final CoreFixture core = new CoreFixture();
    private final FakeDownloads downloads = new FakeDownloads();
    private final List<String> unreadable = new ArrayList<>();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void anImageThatIsKeptIsCopiedWithItsFacts() throws IOException, InterruptedException {
        var row = kept(URL);

        var result = export(row.id());

        var name = row.id() + "-0.png";
        var bytes = image(row, 0);
        assertThat(folder.resolve(name)).hasBinaryContent(bytes.array());
        assertThat(result.counts()).isEqualTo(Map.of(Status.COPIED, 1));
        assertThat(lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("\"file\",\"status\",\"reason\",\"generation\",\"number\",\"model\"");
        assertThat(lines().get(1))
                .startsWith(
                        "\"%s\",\"copied\",\"\",\"%s\",\"0\",\"%s\",\"".formatted(name, row.id(), CoreFixture.MODEL))
                .contains(
                        "\"images/%s/0\",\"image/png\",\"%d\"".formatted(row.id(), bytes.size()),
                        ContentHash.of(bytes).hex())
                .doesNotContain("a cat");
    }

    /** The address is the provider's, and so are its characters. */
    @Test
    void aFileHasTheExtensionOfItsContentAndNothingOfAnAddress() throws IOException, InterruptedException {
        var row = kept("https://images.example/../../=cmd'.jpg");

        export(row.id());

        assertThat(folder.resolve(row.id() + "-0.png")).exists();
    }

    @Test
    void aSecondRunDownloadsOnlyWhatIsMissingAndWritesTheWholeTable() throws IOException, InterruptedException {
        var ids =
                List.of(kept(URL).id(), kept(URL + "?2").id(), kept(URL + "?3").id());
        export(ids);
        var first = lines();
        Files.delete(folder.resolve(ids.get(1) + "-0.png"));
        Files.write(folder.resolve(ids.get(2) + "-0.png"), new byte[] {1});
        downloads.asked.clear();

        var result = export(ids);

        assertThat(downloads.asked).containsExactlyInAnyOrder(new ImageKey(ids.get(1), 0), new ImageKey(ids.get(2), 0));
        assertThat(result.counts()).isEqualTo(Map.of(Status.COPIED, 3));
        assertThat(lines()).isEqualTo(first).hasSize(4);
    }

    @Test
    void imagesWithoutAFileAreInTheTableWithTheReason() throws IOException, InterruptedException {
        core.images.answer(URL + "?refused", new Fetched.Refused("it has more than 32 MB"));
        var refused = kept(URL + "?refused");
        core.images.answer(URL + "?private", new Fetched.NotAllowed("the address is not public"));
        var notAllowed = kept(URL + "?private");
        var waiting = completed(1, URL);
        var deleted = kept(URL + "?deleted");
        core.store.update(deleted.deleted(core.clock.instant()));
        var expired = kept(URL + "?expired");
        core.archive.delete(new ImageKey(expired.id(), 0));

        var result = export(List.of(refused.id(), notAllowed.id(), waiting.id(), deleted.id(), expired.id()));

        assertThat(lines())
                .anyMatch(line ->
                        line.startsWith("\"\",\"not-kept\",\"it has more than 32 MB\",\"%s\"".formatted(refused.id())))
                .anyMatch(line -> line.startsWith(
                        "\"\",\"not-kept\",\"the address is not public\",\"%s\"".formatted(notAllowed.id())))
                .anyMatch(line -> line.startsWith("\"\",\"not-kept\",\"the gateway has not copied it yet")
                        && line.contains(waiting.id().value()))
                .anyMatch(line -> line.startsWith(
                        "\"\",\"deleted\",\"its owner has deleted the generation\",\"%s\"".formatted(deleted.id())))
                .anyMatch(line -> line.startsWith(
                        "\"\",\"expired\",\"the bucket has it no longer\",\"%s\"".formatted(expired.id())));
        assertThat(result.counts()).isEqualTo(Map.of(Status.NOT_KEPT, 3, Status.DELETED, 1, Status.EXPIRED, 1));
        assertThat(result.problems()).isZero();
        assertThat(names()).containsExactly("acme.csv");
    }

    @Test
    void theImagesOfCopiesHaveTheNumbersOfTheirLinks() throws IOException, InterruptedException {
        var row = completed(2, URL);
        core.advance.advance(row);
        var copy = row.copy(1, 1)
                .claimed(TestClaims.claim("c", core.clock.instant()), core.clock.instant())
                .submitted(new PredictionId("p2"), core.clock.instant(), core.clock.instant());
        core.store.create(copy);

        assertThat(export(List.of(row.id(), copy.id())).counts()).isEmpty();

        var ended = copy.completed(new State.Completed(
                new PredictionId("p2"), List.of(new Output(URL + "?2", false)), Duration.ZERO, core.clock.instant()));
        core.store.update(ended);
        core.advance.advance(ended);

        assertThat(export(List.of(row.id(), copy.id())).counts()).isEqualTo(Map.of(Status.COPIED, 2));
        assertThat(folder.resolve(row.id() + "-1.png"))
                .hasBinaryContent(image(copy, 0).array());
        assertThat(names()).contains(row.id() + "-0.png").doesNotContain(copy.id() + "-0.png");
    }

    @Test
    void anImageThatCannotBeDownloadedStopsNoOther() throws IOException, InterruptedException {
        var broken = kept(URL);
        var damaged = kept(URL + "?damaged");
        var good = kept(URL + "?good");
        downloads.broken.add(new ImageKey(broken.id(), 0));
        downloads.damaged.add(new ImageKey(damaged.id(), 0));

        var result = export(List.of(broken.id(), damaged.id(), good.id()));

        assertThat(result.problems()).isEqualTo(2);
        assertThat(lines())
                .anyMatch(line -> line.startsWith("\"\",\"failed\",\"cut off\",\"%s\"".formatted(broken.id())))
                .anyMatch(line -> line.startsWith("\"\",\"damaged\",\"")
                        && line.contains(damaged.id().value()));
        assertThat(names()).containsExactlyInAnyOrder("acme.csv", good.id() + "-0.png");
        downloads.broken.clear();

        assertThat(export(List.of(broken.id(), good.id())).problems()).isZero();
    }

    @Test
    void aBucketThatNeverAnswersIsNotAskedForEveryImage() throws IOException, InterruptedException {
        var ids = IntStream.range(0, 150)
                .mapToObj(number -> kept(URL + "?" + number).id())
                .toList();
        ids.forEach(id -> downloads.broken.add(new ImageKey(id, 0)));

        var result = export(ids);

        assertThat(result.counts()).isEqualTo(Map.of(Status.FAILED, 150));
        assertThat(downloads.asked).hasSizeBetween(10, 18);
        assertThat(lines()).hasSize(151).anyMatch(line -> line.contains("not tried after 10 failures in a row"));
    }

    @Test
    void itSaysHowFarItIs() throws IOException, InterruptedException {
        export(IntStream.range(0, 120)
                .mapToObj(number -> kept(URL + "?" + number).id())
                .toList());

        assertThat(notes.toString(StandardCharsets.UTF_8))
                .isEqualTo("100 of 120 rows: 100 copied\n120 of 120 rows: 120 copied\n");
    }

    @Test
    void aRowThatCannotBeReadIsReported() throws IOException, InterruptedException {
        var row = kept(URL);
        var other = kept(URL + "?2");
        core.store.damage(row.id());

        assertThat(export(List.of(row.id(), other.id())).counts()).isEqualTo(Map.of(Status.COPIED, 1));
        assertThat(unreadable).containsExactly(row.id().value());
    }

    private Result export(GenerationId id) throws IOException, InterruptedException {
        return export(List.of(id));
    }

    private Result export(List<GenerationId> ids) throws IOException, InterruptedException {
        var images = new OwnedImages(core.store, unreadable::add);
        return new ExportImages(
                        images,
                        downloads,
                        ExportFolder.at(folder),
                        new PrintStream(notes, true, StandardCharsets.UTF_8))
                .export(ids, "acme.csv");
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("acme.csv"));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private ImageBytes image(Generation row, int number) {
        return core.archive.read(new ImageKey(row.id(), number));
    }

    private Generation kept(String url) {
        var row = completed(1, url);
        core.advance.advance(row);
        return core.row(row);
    }

    private Generation completed(int copies, String url) {
        var now = core.clock.instant();
        var request = new GenerationRequest(
                        new ModelId(CoreFixture.MODEL),
                        CoreFixture.PROVIDER,
                        "{\"prompt\":\"a cat\"}",
                        copies,
                        Metadata.NONE)
                .keepingImages(new LinkToken("0123456789abcdef0123456789abcdef"));
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

    /** Downloads from the fake of the archive. */
    private final class FakeDownloads implements ImageDownloads {

        private final List<ImageKey> asked = new CopyOnWriteArrayList<>();
        private final Set<ImageKey> broken = ConcurrentHashMap.newKeySet();
        private final Set<ImageKey> damaged = ConcurrentHashMap.newKeySet();

        @Override
        public boolean download(ImageKey key, Path file) throws IOException {
            asked.add(key);
            var bytes = Optional.ofNullable(core.archive.objects().get(key.objectName()))
                    .map(ImageBytes::array);
            if (broken.contains(key)) {
                Files.write(file, new byte[] {1, 2, 3});
                throw new IOException("cut off");
            }
            if (damaged.contains(key)) {
                bytes = Optional.of(new byte[bytes.orElseThrow().length]);
            }
            if (bytes.isPresent()) {
                Files.write(file, bytes.get());
            }
            return bytes.isPresent();
        }
    }
}
