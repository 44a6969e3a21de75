package dev.darkroom.operator;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.operator.ExportedImage.Status;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Copies images into a folder and describes all of them in a table. A repetition downloads only what the folder does
 * not have, and writes the table again.
 */
final class ExportImages {

    private static final int BATCH = 100;
    private static final int AT_ONCE = 8;

    /** After as many failures in a row the bucket is not asked again, because the cause concerns all images. */
    private static final int MAX_FAILURES = 10;

    private final OwnedImages images;
    private final ImageDownloads downloads;
    private final ExportFolder folder;
    private final PrintStream notes;
    private final AtomicInteger failures = new AtomicInteger();

    ExportImages(OwnedImages images, ImageDownloads downloads, ExportFolder folder, PrintStream notes) {
        this.images = images;
        this.downloads = downloads;
        this.folder = folder;
        this.notes = notes;
    }

    /** How many images have which status. */
    record Result(Map<Status, Integer> counts) {

        int problems() {
            return counts.entrySet().stream()
                    .filter(count -> count.getKey().isProblem())
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        @Override
        public String toString() {
            return counts.isEmpty()
                    ? "no images"
                    : String.join(
                            ", ",
                            counts.entrySet().stream()
                                    .map(count -> "%d %s".formatted(count.getValue(), count.getKey()))
                                    .toList());
        }
    }

    /**
     * Exports the images of these rows.
     *
     * @param table the name of the file for the table
     */
    Result export(List<GenerationId> rows, String table) throws IOException, InterruptedException {
        var lines = new ArrayList<>(List.of(ExportedImage.HEADER));
        var counts = new EnumMap<Status, Integer>(Status.class);
        try (var workers = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int from = 0; from < rows.size(); from += BATCH) {
                int until = Math.min(rows.size(), from + BATCH);
                var exported = images.of(rows.subList(from, until)).stream()
                        .map(image -> workers.submit(() -> exported(image)))
                        .toList();
                for (var image : results(exported)) {
                    lines.add(image.line());
                    counts.merge(image.status(), 1, Integer::sum);
                }
                notes.printf("%d of %d rows: %s%n", until, rows.size(), new Result(counts));
            }
        }
        folder.write(table, lines);
        return new Result(counts);
    }

    private static List<ExportedImage> results(Collection<Future<ExportedImage>> exported) throws InterruptedException {
        var results = new ArrayList<ExportedImage>();
        for (var image : exported) {
            try {
                results.add(image.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("an image cannot be exported", e.getCause());
            }
        }
        return results;
    }

    private ExportedImage exported(OwnedImage image) {
        if (image.generation().isDeleted()) {
            return new ExportedImage(image, Status.DELETED, "its owner has deleted the generation");
        }
        return image.facts()
                .map(facts -> copied(image, facts))
                .orElseGet(() -> new ExportedImage(image, Status.NOT_KEPT, image.reason()));
    }

    private ExportedImage copied(OwnedImage image, ImageFacts facts) {
        try {
            return switch (folder.add(image.fileName(facts), facts, file -> download(image, file))) {
                case NOW, BEFORE -> new ExportedImage(image, Status.COPIED, "");
                case NOT_THERE -> new ExportedImage(image, Status.EXPIRED, "the bucket has it no longer");
                case DAMAGED ->
                    new ExportedImage(image, Status.DAMAGED, "the bucket has other bytes than those that were stored");
            };
        } catch (IOException e) {
            return new ExportedImage(image, Status.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private boolean download(OwnedImage image, Path file) throws IOException {
        if (failures.get() >= MAX_FAILURES) {
            throw new IOException("not tried after %d failures in a row".formatted(MAX_FAILURES));
        }
        try {
            boolean isThere = downloads.download(image.key(), file);
            failures.set(0);
            return isThere;
        } catch (IOException e) {
            failures.incrementAndGet();
            throw e;
        }
    }
}
