package dev.darkroom.operator;

import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.core.image.Mark;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the export has of an image. The prompt is not part of it, and of the marks only their kinds are: their texts are
 * in the file, and may have the prompt too.
 *
 * @param reason why there is no file; empty when there is one
 */
record ExportedImage(OwnedImage image, Status status, String reason) {

    /** Whether there is a file, or why there is none. */
    enum Status {
        COPIED,
        /** Its owner has deleted the generation. */
        DELETED,
        /** The gateway does not keep it. */
        NOT_KEPT,
        /** The bucket has it no longer. */
        EXPIRED,
        /** The bucket has other bytes than those that were stored. */
        DAMAGED,
        /** It could not be downloaded this time. */
        FAILED;

        /** Whether an operator has to do something about it. */
        boolean isProblem() {
            return this == DAMAGED || this == FAILED;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The first line of the table. */
    static final String HEADER = Csv.line(List.of(
            "file",
            "status",
            "reason",
            "generation",
            "number",
            "model",
            "created_at",
            "finished_at",
            "object",
            "content_type",
            "bytes",
            "width",
            "height",
            "sha256",
            "marks"));

    private static final List<String> NO_FACTS = List.of("", "", "", "", "", "", "");

    /** The line of the table. */
    String line() {
        var generation = image.generation();
        var common = List.of(
                status == Status.COPIED ? image.facts().map(image::fileName).orElseThrow() : "",
                status.toString(),
                reason,
                generation.id().value(),
                Integer.toString(image.number()),
                generation.request().model().value(),
                time(generation.createdAt()),
                time(image.finishedAt()));
        return Csv.line(Stream.concat(common.stream(), image.facts().map(this::cells).orElse(NO_FACTS).stream())
                .toList());
    }

    private List<String> cells(ImageFacts facts) {
        return List.of(
                image.key().objectName(),
                facts.type().mediaType(),
                Long.toString(facts.bytes()),
                Integer.toString(facts.width()),
                Integer.toString(facts.height()),
                facts.sha256().hex(),
                facts.marks().stream()
                        .map(Mark::kind)
                        .distinct()
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" ")));
    }

    private static String time(Instant instant) {
        return ISO.format(instant);
    }
}
