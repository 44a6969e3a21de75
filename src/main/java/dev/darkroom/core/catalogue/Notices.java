package dev.darkroom.core.catalogue;

import dev.darkroom.core.generation.ModelId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the caller of an accepted request should know. For a submission it depends on the request only, so a repeated
 * request has it, too.
 *
 * @param retiredOn the day from which the requested model is not drawn any more (UTC); empty when none is known
 */
public record Notices(List<Warning> warnings, Optional<LocalDate> retiredOn) {

    public static final Notices NONE = new Notices(List.of(), Optional.empty());

    public Notices {
        warnings = List.copyOf(warnings);
    }

    /**
     * The notices of a request for a model.
     *
     * @param warnings those of the check of its input
     */
    public static Notices of(ModelId asked, Model drawing, List<Warning> warnings) {
        var redirected = asked.equals(drawing.id())
                ? Stream.<Warning>of()
                : Stream.of(new Warning("model", "%s is drawn by %s".formatted(asked, drawing.id())));
        return new Notices(Stream.concat(redirected, warnings.stream()).toList(), drawing.retiredOn());
    }

    /** These notices and the warnings of others about the same generation. */
    public Notices and(Notices others) {
        return new Notices(
                Stream.concat(warnings.stream(), others.warnings.stream()).toList(), retiredOn);
    }
}
