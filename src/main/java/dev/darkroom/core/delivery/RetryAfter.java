package dev.darkroom.core.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header {@code Retry-After}: seconds, or a date. */
final class RetryAfter {

    /** A receiver may not hold up a webhook for longer. */
    static final Duration MAX = Duration.ofHours(24);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /** The time from now; empty when the header cannot be read, or names a time that has passed. */
    static Optional<Duration> parse(String header, Instant now) {
        return read(header.strip(), now).filter(Duration::isPositive).map(wait -> wait.compareTo(MAX) < 0 ? wait : MAX);
    }

    private static Optional<Duration> read(String text, Instant now) {
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(now, date.toInstant()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
