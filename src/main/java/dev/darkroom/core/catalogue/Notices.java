package dev.darkroom.core.catalogue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

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
}
