package dev.darkroom.http.wavespeed.listing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A time in the filter of a list, in ISO 8601. Without an offset it is UTC; a date is the beginning of that day. */
record ListTime(Instant instant) {

    static final String FORM =
            "must be a time in ISO 8601 from 1970 to 9999, such as 2026-01-31T12:00:00Z or 2026-01-31";

    private static final int MAX_LENGTH = 64;
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final List<Function<String, Instant>> FORMS = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
            text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));

    /** Empty when the text is in none of the forms. */
    static Optional<ListTime> parse(String text) {
        return text.length() > MAX_LENGTH
                ? Optional.empty()
                : FORMS.stream()
                        .flatMap(form -> parsed(text, form).stream())
                        .findFirst()
                        .filter(time -> !time.isBefore(Instant.EPOCH) && !time.isAfter(END))
                        .map(ListTime::new);
    }

    private static Optional<Instant> parsed(String text, Function<String, Instant> form) {
        try {
            return Optional.of(form.apply(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** The first millisecond that is not before it: rows have times in milliseconds. */
    Instant notBefore() {
        var floor = notAfter();
        return floor.equals(instant) ? floor : floor.plusMillis(1);
    }

    /** The last millisecond that is not after it. */
    Instant notAfter() {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
